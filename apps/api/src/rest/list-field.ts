import { z } from "@hono/zod-openapi";
import { areRows, COLUMN_INDEX_MAX } from "@scrapersky/api/contract";
import { complain, type Words } from "./field.ts";

/** Thrown for a list that is there and empty, which the first system answered with 400 instead of 422. */
export class EmptyList extends Error {}

interface ListBounds {
  max: number;
  /** Characters of each text. */
  lengthMax: number;
  /** What an empty one is refused with; left out: it may be empty. */
  whenEmpty?: string | undefined;
}

/** Looks no further than its first fault of each kind: a body may hold a million. */
function readTexts(
  value: unknown,
  ctx: z.RefinementCtx,
  { max, lengthMax, whenEmpty }: ListBounds,
): string[] {
  if (!Array.isArray(value)) complain(ctx, "list_type", "Input should be a valid list");
  else if (value.length === 0 && whenEmpty !== undefined) throw new EmptyList(whenEmpty);
  else if (value.length > max) {
    complain(ctx, "too_long", `List should have at most ${max} items, not ${value.length}`);
  } else {
    const wrong = value.findIndex((item) => typeof item !== "string");
    if (wrong >= 0) complain(ctx, "string_type", "Input should be a valid string", wrong);
    const isLong = (item: unknown) => typeof item === "string" && item.length > lengthMax;
    const long = value.findIndex(isLong);
    if (long >= 0) {
      const message = `String should have at most ${lengthMax} characters`;
      complain(ctx, "string_too_long", message, long);
    }
    return value as string[];
  }
  return z.NEVER;
}

const describeTexts = ({ max, lengthMax, whenEmpty }: ListBounds) => ({
  type: "array" as const,
  items: { type: "string" as const, maxLength: lengthMax },
  ...(whenEmpty === undefined ? {} : { minItems: 1 }),
  maxItems: max,
});

/** A list of texts. */
export const texts = ({ max, lengthMax, whenEmpty, ...words }: ListBounds & Words) =>
  z
    .unknown()
    .transform((value, ctx): string[] => {
      if (value !== undefined) return readTexts(value, ctx, { max, lengthMax, whenEmpty });
      complain(ctx, "missing", "Field required");
      return z.NEVER;
    })
    .openapi({ ...describeTexts({ max, lengthMax, whenEmpty }), ...words });

/** The same, or null. */
export const textsOrNull = ({ max, lengthMax, whenEmpty, ...words }: ListBounds & Words) =>
  z
    .unknown()
    .transform((value, ctx): string[] | null => {
      if (value === null) return null;
      if (value !== undefined) return readTexts(value, ctx, { max, lengthMax, whenEmpty });
      complain(ctx, "missing", "Field required");
      return z.NEVER;
    })
    .openapi({
      ...describeTexts({ max, lengthMax, whenEmpty }),
      type: ["array", "null"],
      ...words,
    });

/** A list of texts, or left out. */
export const textsOrNone = ({ max, lengthMax, whenEmpty, ...words }: ListBounds & Words) =>
  z
    .unknown()
    .transform((value, ctx): string[] | undefined =>
      value === undefined ? undefined : readTexts(value, ctx, { max, lengthMax, whenEmpty }),
    )
    .openapi({ ...describeTexts({ max, lengthMax, whenEmpty }), ...words });

/** A list as text of any length that a body has. */
export const listText = (words: Words) =>
  z
    .unknown()
    .transform((value, ctx): string | undefined => {
      if (value === undefined || value === null) return undefined;
      if (typeof value === "string") return value;
      complain(ctx, "string_type", "Input should be a valid string");
      return z.NEVER;
    })
    .openapi({ type: "string", ...words });

/** A list as rows: texts, or lists of cells. */
export const listRows = (words: Words) =>
  z
    .unknown()
    .transform((value, ctx) => {
      if (value === undefined || value === null) return undefined;
      if (areRows(value)) return value;
      complain(ctx, "list_type", "Input should be a list of texts, or of lists of cells");
      return z.NEVER;
    })
    .openapi({ type: "array", items: {}, ...words });

/** A place in a row, from 0, or left out. */
export const position = (words: Words) =>
  z
    .unknown()
    .transform((value, ctx): number | undefined => {
      if (value === undefined || value === null) return undefined;
      if (
        typeof value === "number" &&
        Number.isInteger(value) &&
        value >= 0 &&
        value <= COLUMN_INDEX_MAX
      )
        return value;
      complain(ctx, "int_parsing", `Input should be a whole number from 0 to ${COLUMN_INDEX_MAX}`);
      return z.NEVER;
    })
    .openapi({ type: "integer", minimum: 0, maximum: COLUMN_INDEX_MAX, ...words });
