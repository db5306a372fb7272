import type { Column } from "../list/list.contract.ts";
import type { CellRow } from "../list/read-chunk.ts";
import { safeCell } from "./safe-cell.ts";
import { shownCell } from "./shown-cell.ts";

/** Without it Excel reads UTF-8 as the letters of its country; programs that read CSV leave it out. */
const BYTE_ORDER_MARK = "\uFEFF";
const NEEDS_QUOTES = /[",\r\n]/;
/** What a spreadsheet may run, or a cell ends at. Hardly a text has any of it, and one look is cheaper than two. */
const IS_MARKED = /[",\r\n]|^[=+\-@\t]/;

const quoted = (text: string): string =>
  NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const toText = (text: string): string => (IS_MARKED.test(text) ? quoted(safeCell(text)) : text);

const toCell = (text: string, kind: Column["kind"]): string => {
  switch (kind) {
    case "number":
      return text;
    case "flag":
      return shownCell(text, kind);
    default:
      return toText(shownCell(text, kind));
  }
};

/** Rows as CSV by RFC 4180, in UTF-8, with a line of headers; a piece for each chunk of rows. */
export async function* writeCsv(
  columns: readonly Column[],
  chunks: AsyncIterable<readonly CellRow[]>,
): AsyncGenerator<string, void> {
  const kinds = columns.map(({ kind }) => kind);
  let piece = `${BYTE_ORDER_MARK}${columns.map(({ header }) => toText(header)).join(",")}\r\n`;
  for await (const rows of chunks) {
    for (const row of rows) {
      for (let at = 0; at < kinds.length; at++) {
        if (at > 0) piece += ",";
        const text = row[at];
        if (text !== null && text !== undefined) piece += toCell(text, kinds[at]!);
      }
      piece += "\r\n";
    }
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
