import { Column, is, Param, Placeholder } from "drizzle-orm";
import { PgArray, PgJson, PgJsonb } from "drizzle-orm/pg-core";
import { cleanJsonText, encodeParameter } from "../sql/parameters.ts";
import { parseArray } from "../sql/results.ts";

type Encoder = Param["encoder"];

/** Makes of a value of a row what a field holds. */
export interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

type Special = "json" | "array";

/** Classes whose values are not left to Drizzle alone: the answer depends on nothing else. */
const specials = new Map<unknown, Special | undefined>();

/** Whether a column holds JSON or an array. */
export function specialOf(coder: Encoder | Decoder): Special | undefined {
  const constructor = (Object.getPrototypeOf(coder) as object | null)?.constructor;
  if (!specials.has(constructor)) specials.set(constructor, findSpecial(coder));
  return specials.get(constructor);
}

function findSpecial(coder: Encoder | Decoder): Special | undefined {
  if (!is(coder, Column)) return undefined;
  if (is(coder, PgArray)) return "array";
  return is(coder, PgJsonb) || is(coder, PgJson) ? "json" : undefined;
}

/**
 * What an encoder makes of a value. JSON loses what the server refuses: NUL characters and lone
 * surrogates. Arrays are written by us, as Drizzle writes NULL and bytes in them as text.
 */
export function toDriverValue(encoder: Encoder, value: unknown): unknown {
  switch (specialOf(encoder)) {
    case "array":
      return Array.isArray(value)
        ? encodeParameter(elementsFor(encoder as unknown as PgArrayLike, value))
        : encoder.mapToDriverValue(value);
    case "json": {
      const mapped: unknown = encoder.mapToDriverValue(value);
      return typeof mapped === "string" ? cleanJsonText(mapped) : mapped;
    }
    default:
      return encoder.mapToDriverValue(value);
  }
}

export interface PgArrayLike {
  baseColumn: Column;
}

function elementsFor(column: PgArrayLike, values: readonly unknown[]): unknown[] {
  const { baseColumn } = column;
  return values.map((value) => {
    if (value === null || value === undefined) return null;
    if (is(baseColumn, PgArray) && Array.isArray(value)) return elementsFor(baseColumn, value);
    return toDriverValue(baseColumn, value);
  });
}

/** The same parameter, or one that will be mapped as above once its placeholder is filled. */
export function mappedLater(param: Param): Param {
  if (!is(param.value, Placeholder) || specialOf(param.encoder) === undefined) return param;
  const { encoder } = param;
  return new Param(param.value, { mapToDriverValue: (value) => toDriverValue(encoder, value) });
}

/** Reads the arrays of a column: NULL stays null in them, whatever a column makes of other elements. */
export function arrayDecoder(column: PgArrayLike): Decoder {
  let element: Column = column.baseColumn;
  while (is(element, PgArray)) element = (element as unknown as PgArrayLike).baseColumn;
  const decode = (value: unknown): unknown => {
    if (value === null) return null;
    return Array.isArray(value) ? value.map(decode) : element.mapFromDriverValue(value);
  };
  return {
    mapFromDriverValue: (value) => decode(typeof value === "string" ? parseArray(value) : value),
  };
}
