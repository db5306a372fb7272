import { DatabaseError } from "../errors/database-error.ts";
import type { TextRows } from "./text-rows.ts";

/**
 * How values arrive. Nothing is parsed that would lose information: dates stay text as the server
 * prints them, int8 and numeric stay text, JSON stays text until the layer that knows whether it is
 * wanted parsed.
 */
export interface ResultColumn {
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
  columns?: ResultColumn[];
  /** The rows, where they were asked for as they arrive; then the array has none. */
  texts?: TextRows;
}

const JSON_TYPES = new Set([114, 3802]);
const JSON_ARRAY_TYPES = new Set([199, 3807]);
const DATE_TYPES = new Set([1082, 1114, 1184]);

/**
 * Array types that every server has, whose elements stay text. What a database made itself, such as
 * an enum, has another number in each, and a text may look like an array: those stay text.
 */
const ARRAY_TYPES = [
  143, 199, 210, 270, 271, 272, 273, 629, 651, 719, 775, 791, 1002, 1003, 1006, 1008, 1009, 1010,
  1011, 1012, 1013, 1014, 1015, 1016, 1017, 1018, 1019, 1027, 1034, 1040, 1041, 1115, 1182, 1183,
  1185, 1187, 1231, 1263, 1270, 1561, 1563, 2201, 2207, 2208, 2209, 2210, 2211, 2287, 2949, 2951,
  3221, 3643, 3644, 3645, 3735, 3770, 3807, 3905, 3907, 3909, 3911, 3913, 3927, 4073, 4090, 4097,
  4192, 5039, 6150, 6151, 6152, 6153, 6155, 6157,
];
const NUMBER_ARRAY_TYPES = [1005, 1007, 1021, 1022, 1028];
const BOOLEAN_ARRAY_TYPE = 1000;
const BYTES_ARRAY_TYPE = 1001;
/** The only type whose elements are told apart by something else than a comma. */
const BOX_ARRAY_TYPE = 1020;

const asIs = (text: string): string => text;

type Element = string | number | boolean | Buffer;
type ArrayValue = Element | null | ArrayValue[];

/** Nested arrays of an array literal; `convert` gets every element that is not NULL. */
export function parseArray(
  text: string,
  convert: (element: string) => Element = asIs,
  delimiter = ",",
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
      if (char === delimiter) at++;
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
    while (at < text.length && text[at] !== delimiter && text[at] !== "}") at++;
    return text.slice(start, at);
  };
  return at < 0 ? [] : list();
}

/** Turns the text of one value, as it arrived, into what callers get. */
export type ValueReader = (bytes: Buffer, start: number, end: number) => unknown;

const readText: ValueReader = (bytes, start, end) => bytes.toString("utf8", start, end);
const readFloat: ValueReader = (bytes, start, end) => Number(bytes.toString("latin1", start, end));
const readBoolean: ValueReader = (bytes, start) => bytes[start] === 0x74;
/** In the form `bytea_output` says: hex, or the older one that escapes. */
function parseBytes(text: string): Buffer {
  if (text.startsWith("\\x")) return Buffer.from(text.slice(2), "hex");
  const plain = text.replace(/\\(\\|[0-7]{3})/g, (_all, one: string) =>
    one === "\\" ? one : String.fromCharCode(Number.parseInt(one, 8)),
  );
  return Buffer.from(plain, "latin1");
}
const readBytes: ValueReader = (bytes, start, end) =>
  parseBytes(bytes.toString("latin1", start, end));
/** Faster than by way of a text, and most columns of most tables are of this kind. */
const readInteger: ValueReader = (bytes, start, end) => {
  const negative = bytes[start] === 0x2d;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at++) value = value * 10 + bytes[at]! - 48;
  return negative ? -value : value;
};
const arrayReader =
  (convert?: (element: string) => Element, delimiter?: string): ValueReader =>
  (bytes, start, end) =>
    parseArray(bytes.toString("utf8", start, end), convert, delimiter);

const READERS = new Map<number, ValueReader>([
  [16, readBoolean],
  [17, readBytes],
  ...[21, 23, 26].map((type): [number, ValueReader] => [type, readInteger]),
  ...[700, 701].map((type): [number, ValueReader] => [type, readFloat]),
  ...ARRAY_TYPES.map((type): [number, ValueReader] => [type, arrayReader()]),
  ...NUMBER_ARRAY_TYPES.map((type): [number, ValueReader] => [type, arrayReader(Number)]),
  [BOOLEAN_ARRAY_TYPE, arrayReader((one) => one === "t")],
  [BYTES_ARRAY_TYPE, arrayReader(parseBytes)],
  [BOX_ARRAY_TYPE, arrayReader(asIs, ";")],
]);

/** How values of a type are read; those of types without a reader stay text. */
export const readerOf = (type: number): ValueReader => READERS.get(type) ?? readText;

/** Instant of a date or timestamp as the server prints it; without a zone it is UTC. */
export function parseTimestamp(text: string): Date {
  const [, day = text, time, zone = "Z"] = /^(\S+) ([\d:.]+)([+-].+)?$/.exec(text) ?? [];
  if (time === undefined) return new Date(`${day}T00:00:00Z`);
  return new Date(`${day}T${time}${/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone}`);
}

/** A value that is no JSON is not told: it belongs to whoever asked. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DatabaseError("other", "the server sent a json value that is no JSON");
  }
}

const parseJsonElements = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(parseJsonElements) : parseText(parseJson, value);

const parseText = (parse: (text: string) => unknown, value: unknown): unknown =>
  typeof value === "string" ? parse(value) : value;

/** How the texts of a json type, or of an array of one, become values; undefined for other types. */
export function jsonParserOf(type: number): ((value: unknown) => unknown) | undefined {
  if (JSON_TYPES.has(type)) return (value) => parseText(parseJson, value);
  return JSON_ARRAY_TYPES.has(type) ? parseJsonElements : undefined;
}

function parserOf(type: number, dates: "text" | "date"): ((value: unknown) => unknown) | undefined {
  const parse = jsonParserOf(type);
  if (parse !== undefined) return parse;
  if (dates === "date" && DATE_TYPES.has(type)) return (value) => parseText(parseTimestamp, value);
  return undefined;
}

/**
 * Rows as plain objects with JSON parsed, and dates as `Date` when asked. Changes them in place.
 * @throws DatabaseError
 */
export function parseRows(
  result: StatementResult,
  dates: "text" | "date",
): Record<string, unknown>[] {
  // Of columns that share a name, a row has the last one's value.
  const types = new Map(result.columns?.map(({ name, type }) => [name, type]));
  for (const [name, type] of types) {
    const parse = parserOf(type, dates);
    if (parse === undefined) continue;
    for (const row of result) row[name] = parse(row[name]);
  }
  return Array.from(result);
}
