import type { SqlColumn } from "@scrapersky/api/contract";

/** Where in a text its character of this number stands, counted from 1: "Line 2, character 5: …frm jobs". */
export const placeOf = (sql: string, position: number): string => {
  const characters = [...sql];
  const before = characters.slice(0, position - 1);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.filter((one) => one === "\n").length + 1;
  const from =
    characters
      .slice(position - 1)
      .join("")
      .split("\n")[0]
      ?.slice(0, 40) ?? "";
  return `Line ${line}, character ${position - lineStart}${from === "" ? "" : `: ${from}`}`;
};

/** What a spreadsheet would run, or would take for another cell. */
const cellOf = (value: string | null): string => {
  if (value === null) return "";
  const flat = value.replaceAll(/[\t\r\n]+/g, " ");
  return /^[=+@-]/.test(flat) && Number.isNaN(Number(flat)) ? `'${flat}` : flat;
};

/** Rows for a spreadsheet, as one pastes them. */
export const tabbed = (columns: readonly SqlColumn[], rows: readonly (string | null)[][]): string =>
  [columns.map(({ name }) => cellOf(name)), ...rows.map((row) => row.map(cellOf))]
    .map((cells) => cells.join("\t"))
    .join("\n");
