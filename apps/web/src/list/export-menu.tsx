"use client";

import { EXPORT_LIST, PERSONAL } from "@scrapersky/api/lists";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { countOf } from "#format/number.ts";
import { useMay, useMe, usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Ago } from "#ui/time.tsx";
import { exportAddress, type ExportWish } from "./export-address.ts";
import { manyOf } from "./list-labels.ts";
import { listQuery } from "./list-query.ts";
import type { ToolProps } from "./list-tools.tsx";

const FORMATS: { format: ExportWish["format"]; words: string; note: string }[] = [
  { format: "xlsx", words: "Excel", note: ".xlsx" },
  { format: "csv", words: "CSV", note: ".csv" },
  { format: "ndjson", words: "JSON lines", note: ".ndjson" },
];
/** Exports of this list that are looked through for the reader's last. */
const LOOKED_AT = 50;

/** A file of the list as it is filtered and ordered. */
export function ExportMenu({
  list,
  labels,
  input,
  columns,
  onClose,
}: ToolProps & { onClose: () => void }) {
  const path = usePath();
  const { id } = useMe();
  const mayPersonal = useMay(PERSONAL);
  const [onlyShown, setOnlyShown] = useState(false);
  const [onlyNew, setOnlyNew] = useState(false);
  const asked = { list: [list.name], status: ["complete" as const], limit: LOOKED_AT };
  const { data } = useQuery(listQuery(useApi(), EXPORT_LIST, asked));
  const last = data?.items.find(({ createdBy }) => createdBy?.id === id);
  const exported = list.columns ?? {};
  const shown = columns.shown
    .flatMap(({ key, exports = [key] }) => exports)
    .filter((key) => exported[key] !== undefined && (mayPersonal || !exported[key].personal));
  const wish = {
    ...(onlyShown ? { columns: shown } : {}),
    since: onlyNew ? last?.exportId : undefined,
  };
  const isNarrowed = Object.keys(list.filters).some((name) => input[name] !== undefined);
  return (
    <div className="p-1">
      <p className="px-2 py-1.5 text-xs text-muted">
        {isNarrowed ? `The ${manyOf(labels)} that pass the filters` : `All ${manyOf(labels)}`}, as
        of now.
      </p>
      <Choice checked={onlyShown} onChange={setOnlyShown}>
        Only the columns shown here
      </Choice>
      {last === undefined ? null : (
        <Choice checked={onlyNew} onChange={setOnlyNew}>
          Only what is new since my last export
          <span className="block text-xs text-muted">
            <Ago at={last.startedAt} />, {countOf(last.rows, "row")}
          </span>
        </Choice>
      )}
      <ul className="mt-1 border-t border-line pt-1">
        {FORMATS.map(({ format, words, note }) => (
          <li key={format}>
            {/* No page of ours: the answer is a file, and leaves this page as it is. */}
            <a
              href={path(exportAddress(list, input, { ...wish, format }))}
              onClick={onClose}
              className="flex h-8 items-center justify-between rounded-sm px-2 hover:bg-hover pointer-coarse:h-11"
            >
              {words}
              <span className="text-xs text-muted">{note}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Choice({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: React.ReactNode;
}) {
  return (
    <label className="flex gap-2 rounded-sm px-2 py-1.5 hover:bg-hover">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
      />
      <span>{children}</span>
    </label>
  );
}
