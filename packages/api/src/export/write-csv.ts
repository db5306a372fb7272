import type { Column } from "../list/list.contract.ts";
import type { CellRow } from "../list/read-chunk.ts";
import { safeCell } from "./safe-cell.ts";
import { shownCell } from "./shown-cell.ts";

/** Without it Excel reads UTF-8 as the letters of its country; programs that read CSV leave it out. */
const BYTE_ORDER_MARK = "\uFEFF";
const NEEDS_QUOTES = /[",\r\n]/;

const quoted = (text: string): string =>
  NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const toCell = (text: string | null, kind: Column["kind"]): string => {
  if (text === null) return "";
  if (kind === "number") return text;
  return quoted(safeCell(shownCell(text, kind)));
};

/** Rows as CSV by RFC 4180, in UTF-8, with a line of headers; a piece for each chunk of rows. */
export async function* writeCsv(
  columns: readonly Column[],
  chunks: AsyncIterable<readonly CellRow[]>,
): AsyncGenerator<string, void> {
  const kinds = columns.map(({ kind }) => kind);
  let piece = `${BYTE_ORDER_MARK}${columns.map(({ header }) => quoted(safeCell(header))).join(",")}\r\n`;
  for await (const rows of chunks) {
    for (const row of rows) {
      for (let at = 0; at < kinds.length; at++) {
        if (at > 0) piece += ",";
        piece += toCell(row[at] ?? null, kinds[at]!);
      }
      piece += "\r\n";
    }
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
