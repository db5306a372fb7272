"use client";

import { FileText } from "lucide-react";
import { countOf, formatCount } from "#format/number.ts";
import { formatBytes } from "#format/bytes.ts";
import type { ListFile, PartFacts } from "#intake/list-shape.ts";
import { Button } from "#ui/button.tsx";

/** What was left out of a file or list, in words. */
const cutWords = ({ cut, sheet }: PartFacts): string[] => [
  ...(sheet === null || sheet.others === 0
    ? []
    : [`Sheet “${sheet.name}”; ${countOf(sheet.others, "other sheet")} not read`]),
  ...(cut.columns > 0 ? [`${countOf(cut.columns, "column")} too many: left out`] : []),
  ...(cut.afterLine === null
    ? []
    : [`Too long: everything after line ${formatCount(cut.afterLine)} is left out`]),
];

/** What becomes of the columns beside the one of names. */
const othersWords = ({ columns, nameColumn }: PartFacts, whole: boolean): string[] => {
  const others = columns.length - 1;
  if (nameColumn === null || others < 1) return [];
  return whole
    ? [`${countOf(others, "other column")} ${others === 1 ? "is" : "are"} kept with each line`]
    : ["The list is too large for its other columns: only names are sent"];
};

interface ColumnChoice {
  facts: PartFacts;
  /** Whether the list goes with all of its columns. */
  whole: boolean;
  /** Of the file, where there is one. */
  name: string | null;
  column: number | null;
  onColumn: (column: number | null) => void;
}

/** How the field's text or a file is read: from which column, and what is left out. */
export function PartReading(choice: ColumnChoice) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted empty:hidden">
      <ColumnPicker {...choice} />
      {[...othersWords(choice.facts, choice.whole), ...cutWords(choice.facts)].map((words) => (
        <span key={words} className="break-words">
          {words}.
        </span>
      ))}
    </div>
  );
}

function ColumnPicker({ facts, name, column, onColumn }: Omit<ColumnChoice, "whole">) {
  const { columns, nameColumn, choices } = facts;
  if (columns.length < 2 || nameColumn === null) return null;
  const holds = new Map(choices.map((choice) => [choice.index, choice.holds]));
  return (
    <>
      <label className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-1">
        {holds.get(nameColumn.index) === "emails"
          ? "The domains of addresses are read from column"
          : "Names are read from column"}
        <select
          value={nameColumn.index}
          aria-label={name === null ? "Column with names" : `Column with names in ${name}`}
          onChange={(event) => onColumn(Number(event.target.value))}
          className="h-7 max-w-56 min-w-0 truncate rounded-md border border-field-line bg-surface px-1.5 text-xs font-medium text-text pointer-coarse:h-11"
        >
          {columns.map((title, index) => (
            <option key={index} value={index}>
              {title}
              {holds.get(index) === "emails" ? " (domains of addresses)" : ""}
            </option>
          ))}
        </select>
      </label>
      {column === null ? null : (
        <button
          type="button"
          onClick={() => onColumn(null)}
          className="rounded-sm text-accent-text underline underline-offset-2 pointer-coarse:h-11"
        >
          As it was found
        </button>
      )}
    </>
  );
}

/** A file of the list: its name and size, where its names are, and the way out. */
export function FilePart({
  file,
  facts,
  whole,
  onColumn,
  onRemove,
}: {
  file: ListFile;
  /** Undefined while it is read. */
  facts: PartFacts | undefined;
  whole: boolean;
  onColumn: (column: number | null) => void;
  onRemove: () => void;
}) {
  return (
    <li className="flex items-start gap-2 rounded-md border border-line bg-surface py-1.5 pr-1.5 pl-3">
      <FileText aria-hidden className="mt-2 size-3.5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 py-1">
        <p className="text-sm break-words">
          <bdi className="font-medium">{file.name}</bdi>{" "}
          <span className="text-xs whitespace-nowrap text-muted tabular-nums">
            {facts === undefined
              ? `Reading ${formatBytes(file.bytes)}…`
              : `${countOf(facts.lines, "line")} · ${formatBytes(file.bytes)}`}
          </span>
        </p>
        {facts?.missing === true ? (
          <p className="mt-0.5 text-xs text-failed">
            This browser keeps the file no longer. Remove it here, and add it again.
          </p>
        ) : facts === undefined ? null : (
          <PartReading
            facts={facts}
            whole={whole}
            name={file.name}
            column={file.column}
            onColumn={onColumn}
          />
        )}
      </div>
      <Button variant="ghost" onClick={onRemove} aria-label={`Remove ${file.name}`}>
        Remove
      </Button>
    </li>
  );
}
