import type { Column } from "../list/list.contract.ts";
import type { CellRow } from "../list/read-chunk.ts";

const MICROSECONDS = 6;

/** ISO 8601 in UTC of a time as the database prints it. */
function toIso(text: string): string {
  const [seconds = "", fraction = ""] = text.split(".");
  return `${seconds.replace(" ", "T")}.${fraction.padEnd(MICROSECONDS, "0")}+00:00`;
}

const toValue = (text: string | null, kind: Column["kind"]): string => {
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
  chunks: AsyncIterable<readonly CellRow[]>,
  between: string,
): AsyncGenerator<string, void> {
  const beginnings = keys.map((key, at) => `${at === 0 ? "{" : ","}${JSON.stringify(key)}:`);
  const kinds = columns.map(({ kind }) => kind);
  let first = true;
  for await (const rows of chunks) {
    let piece = "";
    for (const row of rows) {
      if (!first) piece += between;
      first = false;
      for (let at = 0; at < kinds.length; at++) {
        piece += beginnings[at]! + toValue(row[at] ?? null, kinds[at]!);
      }
      piece += "}";
    }
    if (piece !== "") yield piece;
  }
}

/** Rows as an array of objects; a piece for each chunk of rows. */
export async function* writeJson(
  keys: readonly string[],
  columns: readonly Column[],
  chunks: AsyncIterable<readonly CellRow[]>,
): AsyncGenerator<string, void> {
  yield "[";
  yield* writeRows(keys, columns, chunks, ",\n");
  yield "]\n";
}

/** Rows as objects, one a line. */
export async function* writeNdjson(
  keys: readonly string[],
  columns: readonly Column[],
  chunks: AsyncIterable<readonly CellRow[]>,
): AsyncGenerator<string, void> {
  let some = false;
  for await (const piece of writeRows(keys, columns, chunks, "\n")) {
    some = true;
    yield piece;
  }
  if (some) yield "\n";
}
