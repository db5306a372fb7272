import { Column, is, Param, Placeholder } from "drizzle-orm";
import { PgArray, PgJson, PgJsonb } from "drizzle-orm/pg-core";
import { cleanJsonText, encodeParameter } from "./parameters.ts";
import { parseArray } from "./results.ts";

type Encoder = Param["encoder"];
type Clean = (text: string) => string;

const isJson = (column: unknown): boolean => is(column, PgJsonb) || is(column, PgJson);

const cleanElements = (values: readonly unknown[]): unknown[] =>
  values.map((one) => {
    if (Array.isArray(one)) return cleanElements(one);
    return typeof one === "string" ? cleanJsonText(one) : one;
  });

const cleanArray: Clean = (text) =>
  text.includes("\\u") ? encodeParameter(cleanElements(parseArray(text)))! : text;

/** Classes of encoders that may write JSON: the answer depends on nothing else for most of them. */
const candidates = new Map<unknown, boolean>();

function mayWriteJson(encoder: Encoder): boolean {
  const constructor = (Object.getPrototypeOf(encoder) as object | null)?.constructor;
  let known = candidates.get(constructor);
  if (known === undefined) {
    known = is(encoder, Column) && (isJson(encoder) || is(encoder, PgArray));
    candidates.set(constructor, known);
  }
  return known;
}

/**
 * How the text that Drizzle's encoder of a json or jsonb column makes of a value, or of an array of
 * them, loses what the server refuses: NUL characters and lone surrogates. None for other encoders.
 */
export function jsonCleaner(encoder: Encoder): Clean | undefined {
  if (!mayWriteJson(encoder)) return undefined;
  if (!is(encoder, PgArray)) return cleanJsonText;
  let element: unknown = encoder;
  while (is(element, PgArray)) element = element.baseColumn;
  return isJson(element) ? cleanArray : undefined;
}

/** What an encoder makes of a value. */
export function toDriverValue(encoder: Encoder, value: unknown): unknown {
  const mapped: unknown = encoder.mapToDriverValue(value);
  return typeof mapped === "string" ? (jsonCleaner(encoder)?.(mapped) ?? mapped) : mapped;
}

/** The same parameter, or one that will be clean once its placeholder is filled. */
export function cleanLater(param: Param): Param {
  if (!is(param.value, Placeholder) || jsonCleaner(param.encoder) === undefined) return param;
  const { encoder } = param;
  return new Param(param.value, { mapToDriverValue: (value) => toDriverValue(encoder, value) });
}
