import { TextRows } from "@scrapersky/db";
import type { Column } from "../list/list.contract.ts";
import type { CellRows } from "../list/read-chunk.ts";
import { safeCell } from "./safe-cell.ts";
import { shownCell, TIME_LENGTH } from "./shown-cell.ts";
import { marksOf, TextBytes } from "./text-bytes.ts";

/** Without it Excel reads UTF-8 as the letters of its country; programs that read CSV leave it out. */
const BYTE_ORDER_MARK = "\uFEFF";
const NEEDS_QUOTES = /[",\r\n]/;
/** What a spreadsheet may run, or a cell ends at. Hardly a text has any of it, and one look is cheaper than two. */
const IS_MARKED = /[",\r\n]|^[=+\-@\t]/;

type Kind = Column["kind"];

const quoted = (text: string): string =>
  NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const toText = (text: string): string => (IS_MARKED.test(text) ? quoted(safeCell(text)) : text);

const toCell = (text: string, kind: Kind): string => {
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
  chunks: AsyncIterable<CellRows>,
): AsyncGenerator<string | Buffer, void> {
  const kinds = columns.map(({ kind }) => kind);
  yield `${BYTE_ORDER_MARK}${columns.map(({ header }) => toText(header)).join(",")}\r\n`;
  for await (const rows of chunks) {
    if (rows.length > 0) yield rows instanceof TextRows ? passOn(rows, kinds) : write(rows, kinds);
  }
}

function write(rows: Iterable<readonly (string | null)[]>, kinds: readonly Kind[]): string {
  let piece = "";
  for (const row of rows) {
    for (let at = 0; at < kinds.length; at++) {
      if (at > 0) piece += ",";
      const text = row[at];
      if (text !== null && text !== undefined) piece += toCell(text, kinds[at]!);
    }
    piece += "\r\n";
  }
  return piece;
}

const NO_MARKS = marksOf("");
const TEXT_MARKS = marksOf('",\r\n', "=+-@\t");
/** What a row of most lists has. */
const ROW_BYTES = 256;

/**
 * The same from bytes to bytes: of nearly all cells nothing has to be known but that nothing in them is marked, and no text is
 * made of those.
 */
function passOn(rows: TextRows, kinds: readonly Kind[]): Buffer {
  const out = new TextBytes(rows.length * ROW_BYTES);
  const cell = (bytes: Buffer, from: number, to: number, column: number): void => {
    if (column > 0) out.write(",");
    if (from < 0) return;
    const kind = kinds[column]!;
    const last = kind === "time" ? Math.min(to, from + TIME_LENGTH) : to;
    const isPlain =
      kind !== "flag" &&
      kind !== "texts" &&
      out.takeOver(bytes, from, last, kind === "number" ? NO_MARKS : TEXT_MARKS);
    if (!isPlain) out.write(toCell(bytes.toString("utf8", from, to), kind));
  };
  for (let row = 0; row < rows.length; row++) {
    rows.cells(row, cell, kinds.length);
    out.write("\r\n");
  }
  return out.whole();
}
