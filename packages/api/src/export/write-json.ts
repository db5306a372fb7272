import { TextRows } from "@scrapersky/db";
import type { Column } from "../list/list.contract.ts";
import type { CellRow, CellRows } from "../list/read-chunk.ts";
import { marksOf, TextBytes } from "./text-bytes.ts";

type Kind = Column["kind"];

const MICROSECONDS = 6;

/** ISO 8601 in UTC of a time as the database prints it. */
function toIso(text: string): string {
  const [seconds = "", fraction = ""] = text.split(".");
  return `${seconds.replace(" ", "T")}.${fraction.padEnd(MICROSECONDS, "0")}+00:00`;
}

const toValue = (text: string | null, kind: Kind): string => {
  if (text === null) return "null";
  switch (kind) {
    case "number":
      return Number.isFinite(Number(text)) ? text : "null";
    case "flag":
    case "texts":
      return text;
    case "time":
      return `"${toIso(text)}"`;
    case "text":
      return JSON.stringify(text);
  }
};

/** @param keys what programs know the columns by */
async function* writeRows(
  keys: readonly string[],
  columns: readonly Column[],
  chunks: AsyncIterable<CellRows>,
  between: string,
): AsyncGenerator<string | Buffer, void> {
  const beginnings = keys.map((key, at) => `${at === 0 ? "{" : ","}${JSON.stringify(key)}:`);
  const kinds = columns.map(({ kind }) => kind);
  let first = true;
  for await (const rows of chunks) {
    if (rows.length === 0) continue;
    if (!first) yield between;
    first = false;
    yield rows instanceof TextRows
      ? passOn(rows, kinds, beginnings, between)
      : write(rows, kinds, beginnings, between);
  }
}

function write(
  rows: Iterable<CellRow>,
  kinds: readonly Kind[],
  beginnings: readonly string[],
  between: string,
): string {
  let piece = "";
  for (const row of rows) {
    if (piece !== "") piece += between;
    for (let at = 0; at < kinds.length; at++) {
      piece += beginnings[at]! + toValue(row[at] ?? null, kinds[at]!);
    }
    piece += "}";
  }
  return piece;
}

/** What JSON says otherwise in each kind; NULL and times are always said otherwise. */
const MARKS: Partial<Record<Kind, Uint8Array>> = {
  // NaN and Infinity.
  number: marksOf("NI"),
  flag: marksOf(""),
  texts: marksOf(""),
  text: marksOf(`"\\${String.fromCharCode(...Array(0x20).keys())}`),
};
/** What a row of most lists has, its keys included. */
const ROW_BYTES = 512;

/** The same from bytes to bytes: no text is made of what JSON says as it is. */
function passOn(
  rows: TextRows,
  kinds: readonly Kind[],
  beginnings: readonly string[],
  between: string,
): Buffer {
  const out = new TextBytes(rows.length * ROW_BYTES);
  const cell = (bytes: Buffer, from: number, to: number, column: number): void => {
    const kind = kinds[column]!;
    const marks = MARKS[kind];
    out.write(beginnings[column]!);
    if (from < 0) return out.write("null");
    if (marks !== undefined) {
      const around = kind === "text" ? '"' : "";
      const before = out.length;
      out.write(around);
      if (out.takeOver(bytes, from, to, marks)) return out.write(around);
      out.cut(before);
    }
    out.write(toValue(bytes.toString("utf8", from, to), kind));
  };
  for (let row = 0; row < rows.length; row++) {
    if (row > 0) out.write(between);
    rows.cells(row, cell, kinds.length);
    out.write("}");
  }
  return out.whole();
}

/** Rows as an array of objects; a piece for each chunk of rows. */
export async function* writeJson(
  keys: readonly string[],
  columns: readonly Column[],
  chunks: AsyncIterable<CellRows>,
): AsyncGenerator<string | Buffer, void> {
  yield "[";
  yield* writeRows(keys, columns, chunks, ",\n");
  yield "]\n";
}

/** Rows as objects, one a line. */
export async function* writeNdjson(
  keys: readonly string[],
  columns: readonly Column[],
  chunks: AsyncIterable<CellRows>,
): AsyncGenerator<string | Buffer, void> {
  let some = false;
  for await (const piece of writeRows(keys, columns, chunks, "\n")) {
    some = true;
    yield piece;
  }
  if (some) yield "\n";
}
