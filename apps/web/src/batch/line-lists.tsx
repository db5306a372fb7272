"use client";

import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { Button, IconButton } from "#ui/button.tsx";
import { ToneIcon, type Tone } from "#ui/status.tsx";
import type { SortedEntry } from "@scrapersky/api/intake";
import type { LineGroups } from "./line-groups.ts";

const SHOWN_FIRST = 50;

type Replace = (line: SortedEntry, to: string) => void;

/** The pasted lines sorted by what will become of them; those that need a hand come first and can be mended in place. */
export function LineLists({
  groups,
  runs,
  onReplace,
}: {
  groups: LineGroups;
  /** False for a list that cannot be a batch as it is. */
  runs: boolean;
  onReplace: Replace;
}) {
  const note = runs ? "will run" : undefined;
  return (
    <div className="divide-y divide-line">
      <LineGroup tone="failed" title="Not a domain" note="left out" lines={groups.invalid}>
        {(line) => <Invalid key={`${line.line}:${line.input}`} line={line} onReplace={onReplace} />}
      </LineGroup>
      <LineGroup tone="partial" title="Fixed" note={note} lines={groups.fixed}>
        {(line) => (
          <Row key={`${line.line}:${line.input}`} line={line}>
            <span className="min-w-0">
              <span className="figures break-all">
                <del className="text-muted decoration-line-strong">{line.input}</del>
                <span className="inline-block">
                  <span aria-hidden className="mx-1.5 text-muted">
                    →
                  </span>
                  <ins className="font-medium no-underline">{line.domain}</ins>
                </span>
              </span>
              <span className="block text-xs text-muted first-letter:uppercase">{line.note}</span>
            </span>
          </Row>
        )}
      </LineGroup>
      <LineGroup tone="cancelled" title="Duplicates" note="left out" lines={groups.duplicate}>
        {(line) => (
          <Row key={`${line.line}:${line.input}`} line={line}>
            <span className="figures min-w-0 break-all text-muted">{line.input}</span>
            <span className="ml-auto shrink-0 text-xs text-muted">Same as line {line.of}.</span>
          </Row>
        )}
      </LineGroup>
      <LineGroup
        tone="complete"
        title={runs ? "Will run as written" : "As written"}
        lines={groups.valid}
      >
        {(line) => (
          <Row key={`${line.line}:${line.input}`} line={line}>
            <span className="figures min-w-0 break-all">{line.domain}</span>
          </Row>
        )}
      </LineGroup>
    </div>
  );
}

function LineGroup({
  tone,
  title,
  note,
  lines,
  children,
}: {
  tone: Tone;
  title: string;
  note?: string | undefined;
  lines: SortedEntry[];
  children: (line: SortedEntry) => ReactNode;
}) {
  const [all, setAll] = useState(false);
  if (lines.length === 0) return null;
  const shown = all ? lines : lines.slice(0, SHOWN_FIRST);
  return (
    <details open>
      <summary className="sticky top-0 z-1 flex h-9 items-center gap-2 bg-surface px-4 text-sm font-medium hover:bg-hover">
        <ToneIcon tone={tone} />
        {title}
        <span className="text-muted tabular-nums">{formatCount(lines.length)}</span>
        {note === undefined ? null : (
          <span className="ml-auto text-xs font-normal text-muted">{note}</span>
        )}
      </summary>
      <ul className="pb-1.5">{shown.map(children)}</ul>
      {shown.length < lines.length ? (
        <Button variant="ghost" className="mx-2 mb-2" onClick={() => setAll(true)}>
          Show {countOf(lines.length - shown.length, "more line")}
        </Button>
      ) : null}
    </details>
  );
}

function Row({ line, children }: { line: SortedEntry; children: ReactNode }) {
  return (
    <li className="flex items-baseline gap-3 px-4 py-0.5">
      <LineNumber line={line.line} />
      {children}
    </li>
  );
}

function LineNumber({ line }: { line: number }) {
  return (
    <span className="figures inline-block w-7 shrink-0 text-right text-muted">
      <span className="sr-only">Line </span>
      {line}
    </span>
  );
}

function Invalid({ line, onReplace }: { line: SortedEntry; onReplace: Replace }) {
  const [text, setText] = useState(line.input);
  const commit = (): void => {
    if (text.trim() !== line.input) onReplace(line, text.trim());
  };
  return (
    <li className="flex items-start gap-3 px-4 py-1">
      <span className="pt-1.5">
        <LineNumber line={line.line} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex gap-1">
          <input
            aria-label={`Mend line ${line.line}`}
            aria-describedby={`reason-${line.line}`}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onBlur={commit}
            onKeyDown={(event) => event.key === "Enter" && (event.preventDefault(), commit())}
            className="figures h-8 w-full min-w-0 rounded-md border border-field-line bg-surface px-2 pointer-coarse:h-11"
          />
          <IconButton label={`Drop line ${line.line}`} onClick={() => onReplace(line, "")}>
            <X className="size-3.5" />
          </IconButton>
        </div>
        <p id={`reason-${line.line}`} className="mt-0.5 text-xs text-failed">
          {line.reason}
        </p>
      </div>
    </li>
  );
}
