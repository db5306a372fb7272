/**
 * How values arrive. Nothing is parsed that would lose information: dates stay text as the server
 * prints them, int8 and numeric stay text, JSON stays text until the layer that knows whether it is
 * wanted parsed.
 */
export interface Column {
  name: string;
  /** Type OID. */
  type: number;
}

/** Rows of one statement. */
export interface StatementResult<Row = Record<string, unknown>> extends Array<Row> {
  /** Rows affected or returned, as the server counted them. */
  count: number;
  /** First word of the command tag, such as `SELECT` or `ROLLBACK`. */
  command: string;
  columns?: Column[];
}

const JSON_TYPES = new Set([114, 3802]);
const DATE_TYPES = new Set([1082, 1114, 1184]);

/** Array types whose text is turned into JavaScript arrays of strings (numbers for int4, floats). */
const ARRAY_TYPES = [
  1000, 1001, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1115, 1182, 1185, 1187, 1231, 199,
  2951, 3807,
];
const NUMBER_ARRAY_TYPES = [1005, 1007, 1021, 1022];
const BOOLEAN_ARRAY_TYPES = [1000];

const asIs = (text: string): string => text;

type ArrayValue = string | number | boolean | null | ArrayValue[];

/** Nested arrays of an array literal; `convert` gets every element that is not NULL. */
export function parseArray(
  text: string,
  convert: (element: string) => string | number | boolean = asIs,
): ArrayValue[] {
  let at = text.indexOf("{");
  const list = (): ArrayValue[] => {
    const out: ArrayValue[] = [];
    at++;
    while (at < text.length) {
      const char = text[at];
      if (char === "}") {
        at++;
        return out;
      }
      if (char === ",") at++;
      else if (char === "{") out.push(list());
      else if (char === '"') out.push(convert(quoted()));
      else {
        const bare = unquoted();
        out.push(bare === "NULL" ? null : convert(bare));
      }
    }
    return out;
  };
  const quoted = (): string => {
    let value = "";
    at++;
    while (at < text.length && text[at] !== '"') {
      if (text[at] === "\\") at++;
      value += text[at++];
    }
    at++;
    return value;
  };
  const unquoted = (): string => {
    const start = at;
    while (at < text.length && text[at] !== "," && text[at] !== "}") at++;
    return text.slice(start, at);
  };
  return at < 0 ? [] : list();
}

/** Turns the text of one value, as it arrived, into what callers get. */
export type Reader = (bytes: Buffer, start: number, end: number) => unknown;

const readText: Reader = (bytes, start, end) => bytes.toString("utf8", start, end);
const readFloat: Reader = (bytes, start, end) => Number(bytes.toString("latin1", start, end));
const readBoolean: Reader = (bytes, start) => bytes[start] === 0x74;
const readBytes: Reader = (bytes, start, end) =>
  Buffer.from(bytes.toString("latin1", start + 2, end), "hex");
/** Faster than by way of a text, and most columns of most tables are of this kind. */
const readInteger: Reader = (bytes, start, end) => {
  const negative = bytes[start] === 0x2d;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at++) value = value * 10 + bytes[at]! - 48;
  return negative ? -value : value;
};
const arrayReader =
  (convert?: (element: string) => string | number | boolean): Reader =>
  (bytes, start, end) =>
    parseArray(bytes.toString("utf8", start, end), convert);

const READERS = new Map<number, Reader>([
  [16, readBoolean],
  [17, readBytes],
  ...[21, 23, 26].map((type): [number, Reader] => [type, readInteger]),
  ...[700, 701].map((type): [number, Reader] => [type, readFloat]),
  ...ARRAY_TYPES.map((type): [number, Reader] => [type, arrayReader()]),
  ...NUMBER_ARRAY_TYPES.map((type): [number, Reader] => [type, arrayReader(Number)]),
  ...BOOLEAN_ARRAY_TYPES.map((type): [number, Reader] => [type, arrayReader((one) => one === "t")]),
]);

/** How values of a type are read; those of types without a reader stay text. */
export const readerOf = (type: number): Reader => READERS.get(type) ?? readText;

/** Instant of a date or timestamp as the server prints it; without a zone it is UTC. */
export function parseTimestamp(text: string): Date {
  const [, day = text, time, zone = "Z"] = /^(\S+) ([\d:.]+)([+-].+)?$/.exec(text) ?? [];
  if (time === undefined) return new Date(`${day}T00:00:00Z`);
  return new Date(`${day}T${time}${/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone}`);
}

/** Rows as plain objects with JSON parsed, and dates as `Date` when asked. Changes them in place. */
export function parseRows(
  result: StatementResult,
  dates: "text" | "date",
): Record<string, unknown>[] {
  const parse = (result.columns ?? []).filter(
    (column) => JSON_TYPES.has(column.type) || (dates === "date" && DATE_TYPES.has(column.type)),
  );
  for (const column of parse) {
    const convert: (text: string) => unknown = JSON_TYPES.has(column.type)
      ? JSON.parse
      : parseTimestamp;
    for (const row of result) {
      const value = row[column.name];
      if (typeof value === "string") row[column.name] = convert(value);
    }
  }
  return Array.from(result);
}
