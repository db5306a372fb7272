"use client";

import { useRef, useState } from "react";
import type { ListRow, Reuse } from "#intake/list-shape.ts";
import { Ago } from "#ui/time.tsx";
import type { ListActions } from "./list-actions.ts";

const LINE = "flex items-baseline gap-3 py-1";

/** Where a line stands: its number, and the file where there is more than the field. */
const placeOf = ({ file, line }: { file: string | null; line: number }): string =>
  file === null ? `line ${line}` : `line ${line} of ${file}`;

function LineNumber({ row }: { row: Pick<ListRow, "line" | "file"> }) {
  return (
    <span className="figures inline-block w-9 shrink-0 text-right text-muted">
      <span className="sr-only">Line </span>
      {row.line}
      {row.file === null ? null : <span className="sr-only"> of {row.file}</span>}
    </span>
  );
}

/** What the line is known by: its file where there are several, and its other cells. */
function Beside({ row: { file, beside } }: { row: ListRow }) {
  return file === null && beside === "" ? null : (
    <span className="ml-auto max-w-1/2 min-w-0 truncate text-xs text-muted max-sm:hidden">
      {file === null ? null : <bdi>{file}</bdi>}
      {file === null || beside === "" ? null : " · "}
      <bdi>{beside}</bdi>
    </span>
  );
}

/** Names of sites read from left to right, whatever script they are in. */
function Name({ children }: { children: string | null }) {
  return (
    <bdi dir="ltr" className="figures min-w-0 break-all">
      {children}
    </bdi>
  );
}

export function PlainLine({ row }: { row: ListRow }) {
  return (
    <div className={LINE}>
      <LineNumber row={row} />
      <Name>{row.domain}</Name>
      <Beside row={row} />
    </div>
  );
}

export function FixedLine({ row }: { row: ListRow }) {
  return (
    <div className={LINE}>
      <LineNumber row={row} />
      <div className="min-w-0 flex-1">
        <Name>{row.domain}</Name>
        <p className="text-xs text-muted">
          <span className="sr-only">Written as </span>
          <bdi dir="ltr" className="break-all">
            {row.input}
          </bdi>
        </p>
      </div>
      <Beside row={row} />
    </div>
  );
}

export function DuplicateLine({ row }: { row: ListRow }) {
  return (
    <div className={LINE}>
      <LineNumber row={row} />
      <Name>{row.input}</Name>
      {row.of === null ? null : (
        <span className="ml-auto shrink-0 text-xs text-muted">as {placeOf(row.of)}</span>
      )}
    </div>
  );
}

export function RecentLine({
  row: { domain, lastScanAt, ...row },
  reuse,
  actions,
}: {
  row: ListRow;
  reuse: Reuse;
  actions: ListActions;
}) {
  if (domain === null) return null;
  const isExcepted = reuse.but.includes(domain);
  const turn = ({ all, but }: Reuse): Reuse => ({
    all,
    but: isExcepted ? but.filter((name) => name !== domain) : [...but, domain],
  });
  return (
    <div className="flex min-h-9 items-center gap-3 py-0.5">
      <LineNumber row={row} />
      <span className="min-w-0 flex-1">
        <Name>{domain}</Name>
      </span>
      {lastScanAt === null ? null : (
        <Ago at={lastScanAt} bare className="shrink-0 text-xs text-muted max-sm:hidden" />
      )}
      <label className="inline-flex h-8 shrink-0 items-center gap-1.5 text-xs pointer-coarse:h-11">
        <input
          type="checkbox"
          checked={reuse.all === isExcepted}
          aria-label={`Scan ${domain} again`}
          onChange={() => actions.onReuse(turn)}
          className="size-4 accent-accent"
        />
        Scan again
      </label>
    </div>
  );
}

/** A line that names no site: why, and a field to say what was meant. */
export function RefusedLine({ row, actions }: { row: ListRow; actions: ListActions }) {
  const [text, setText] = useState(row.input);
  const sent = useRef(row.input);
  const commit = (): void => {
    const written = text.trim();
    if (written === sent.current) return;
    sent.current = written;
    actions.onMend(row, written);
  };
  const reasonId = `reason-${row.key}`;
  return (
    <div className="flex items-start gap-3 py-1.5">
      <span className="pt-1.5">
        <LineNumber row={row} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex gap-1">
          <input
            aria-label={`Mend ${placeOf(row)}`}
            aria-describedby={reasonId}
            dir="auto"
            value={text}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.metaKey && !event.ctrlKey) {
                event.preventDefault();
                commit();
              }
              if (event.key === "Escape") setText(row.input);
            }}
            className="figures h-8 w-full min-w-0 rounded-md border border-field-line bg-surface px-2 pointer-coarse:h-11"
          />
          <button
            type="button"
            aria-label={`Drop ${placeOf(row)}`}
            onClick={() => actions.onMend(row, "")}
            className="h-8 shrink-0 rounded-md px-2 text-xs text-muted hover:bg-hover hover:text-text pointer-coarse:h-11"
          >
            Drop
          </button>
        </div>
        <p id={reasonId} className="mt-0.5 text-xs break-words text-failed">
          {row.reason}
          {row.file === null ? null : (
            <span className="text-muted">
              {" "}
              <bdi>{row.file}</bdi>
            </span>
          )}
        </p>
      </div>
    </div>
  );
}
