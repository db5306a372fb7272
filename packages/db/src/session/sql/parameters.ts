import { DatabaseError } from "../errors/database-error.ts";

/** A value meant as json or jsonb, whatever its shape. */
class JsonParameter {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/**
 * Marks a value as JSON: needed for arrays, which would be sent as Postgres arrays, and for texts,
 * numbers and booleans. NUL characters are dropped and lone surrogates replaced inside it, as jsonb
 * refuses both.
 */
export const json = (value: unknown): JsonParameter => new JsonParameter(value);

const quoteElement = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

function arrayLiteral(values: readonly unknown[]): string {
  const parts = values.map((value) => {
    if (value === null) return "NULL";
    if (Array.isArray(value)) return arrayLiteral(value);
    return quoteElement(encodeParameter(value) as string);
  });
  return `{${parts.join(",")}}`;
}

const refuse = (what: string, mend: string): never => {
  throw new DatabaseError("misuse", `cannot send ${what} as a parameter: ${mend}`);
};

/** U+0000 is refused by text, json and jsonb; a lone surrogate becomes U+FFFD or a refused jsonb. */
const cleanText = (text: string): string => {
  const formed = text.isWellFormed() ? text : text.toWellFormed();
  return formed.includes("\0") ? formed.replaceAll("\0", "") : formed;
};

/** A pair of surrogates, NUL, a surrogate alone, or any other escape of a JSON text. */
const JSON_ESCAPE = /\\(?:ud[89ab]..\\ud[c-f]..|(u0000)|(ud[89a-f]..)|.)/gi;

/**
 * A JSON text without what jsonb refuses, in keys and in values. `JSON.stringify` writes NUL and lone
 * surrogates as escapes, so there is nothing else to find.
 */
export function cleanJsonText(text: string): string {
  if (!text.includes("\\u")) return text;
  return text.replace(JSON_ESCAPE, (all, nul?: string, lone?: string) => {
    if (nul !== undefined) return "";
    return lone === undefined ? all : "\ufffd";
  });
}

function cleanJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text === undefined ? refuse("this value", "it has no JSON form") : cleanJsonText(text);
}

/**
 * Text form of a parameter, or null: everything travels as text and the server infers the type.
 * NUL characters are dropped and lone surrogates replaced, because Postgres refuses both. Plain
 * objects become JSON, arrays become array literals (wrap one that is meant as JSON in `json`),
 * dates become UTC.
 * @throws DatabaseError `misuse` for undefined, functions, symbols, invalid or out-of-range dates,
 * ArrayBuffer, Map, Set and other class instances.
 */
export function encodeParameter(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return cleanText(value);
    case "number":
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "undefined":
      return refuse("undefined", "pass null to store nothing");
    case "object":
      return value === null ? null : encodeObject(value);
    default:
      return refuse(`a ${typeof value}`, "pass a value");
  }
}

function encodeObject(value: object): string {
  if (value instanceof JsonParameter) return cleanJson(value.value);
  if (Array.isArray(value)) return arrayLiteral(value);
  if (value instanceof Date) {
    const time = value.getTime();
    if (Number.isNaN(time)) refuse("an invalid date", "check where it was parsed");
    const year = value.getUTCFullYear();
    if (year < 1 || year > 9999) refuse(`a date in the year ${year}`, "pass it as text");
    return value.toISOString();
  }
  if (value instanceof Uint8Array) {
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
  }
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null && !("toJSON" in value)) {
    refuse("a class instance", "pass a plain object, text or a Uint8Array");
  }
  return cleanJson(value);
}

/**
 * Text forms of all parameters of a statement.
 * @throws DatabaseError `misuse`, also for a value that contains itself or a bigint in JSON
 */
export function encodeParameters(values: readonly unknown[]): (string | null)[] {
  try {
    return values.map(encodeParameter);
  } catch (cause) {
    if (cause instanceof DatabaseError) throw cause;
    throw new DatabaseError("misuse", "a parameter cannot be sent: it has no text form", { cause });
  }
}
