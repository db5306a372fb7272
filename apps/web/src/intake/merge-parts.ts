import type { ListLine } from "@scrapersky/api/intake";
import type { Part } from "./part-reader.ts";
import type { GivenRow } from "./read-list-file.ts";

/** Of the table that parts become: names stand first. */
const NAMES_AT = 0;

const holdsMail = ({ list }: Part): boolean =>
  list?.choices.find(({ index }) => index === list.nameColumn?.index)?.holds === "emails";

/** What names are read from in this line: its own cell, or what was found elsewhere or mended. */
function nameCellOf({ cells, entries }: ListLine, part: Part): string {
  const own = part.list?.nameColumn == null ? "" : (cells[part.list.nameColumn.index] ?? "");
  const isOwn = entries.every(({ input }) => own.includes(input));
  return own !== "" && isOwn && !holdsMail(part)
    ? own
    : entries.map(({ domain, input }) => (holdsMail(part) ? (domain ?? input) : input)).join(", ");
}

/** Columns of the same title are one; names of all parts stand in the first table's column of names. */
function titlesOf(parts: readonly Part[]): string[] | undefined {
  const first = parts.find(({ list }) => list?.nameColumn != null);
  if (first?.list?.nameColumn == null) return undefined;
  const { name } = first.list.nameColumn;
  const others = parts.flatMap((part) =>
    (part.list?.columns ?? []).filter(
      (_, at) => holdsMail(part) || at !== part.list?.nameColumn?.index,
    ),
  );
  return [name, ...new Set(others.filter((title) => title !== name))];
}

/** The lines of several parts, or of one that was mended, as the rows of one table with a header, or as plain lines. */
export const mergeParts = (parts: readonly Part[]): { rows: GivenRow[]; column: number | null } => {
  const titles = titlesOf(parts);
  if (titles === undefined) {
    const rows = parts.flatMap(({ lines }) =>
      lines.map(({ entries }) => entries.map(({ input }) => input).join(", ")),
    );
    return { rows, column: null };
  }
  const places = new Map(titles.map((title, at) => [title, at]));
  const rows = parts.flatMap((part) =>
    part.lines.map((line) => {
      const row = titles.map(() => "");
      for (const [at, title] of (part.list?.columns ?? []).entries()) {
        row[places.get(title) ?? NAMES_AT] = line.cells[at] ?? "";
      }
      row[NAMES_AT] = nameCellOf(line, part);
      return row;
    }),
  );
  return { rows: [titles, ...rows], column: NAMES_AT };
};
