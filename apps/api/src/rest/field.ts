import { z } from "@hono/zod-openapi";
import { timeText } from "@scrapersky/api";
import { FILTER_WORDS_MAX, ID_LENGTH_MAX } from "@scrapersky/api/contract";

/**
 * What a route of REST v3 can take. Each kind reads as leniently and complains in the same words as the
 * first system did, and tells the document its limits from the same arguments.
 */

export interface Words {
  description?: string;
  example?: unknown;
}

/** Adds a complaint; `type` is its word for programs. */
export function complain(
  ctx: z.RefinementCtx,
  type: string,
  message: string,
  index?: number,
): void {
  const path = index === undefined ? [] : [index];
  ctx.addIssue({ code: "custom", message, path, params: { type } });
}

interface Bounds {
  min: number;
  max?: number | undefined;
}

/** `"5"` is 5; anything else that is no whole number within bounds is complained of. */
function readWhole(value: unknown, ctx: z.RefinementCtx, { min, max }: Bounds): number {
  const number =
    typeof value === "string" && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) {
    complain(ctx, "int_parsing", "Input should be a valid integer");
    return z.NEVER;
  }
  if (number < min) {
    complain(ctx, "greater_than_equal", `Input should be greater than or equal to ${min}`);
  } else if (max !== undefined && number > max) {
    complain(ctx, "less_than_equal", `Input should be less than or equal to ${max}`);
  }
  return number;
}

const describeBounds = ({ min, max }: Bounds) => ({
  type: "integer" as const,
  minimum: min,
  ...(max === undefined ? {} : { maximum: max }),
});

/** What of a body was said: a rule takes a field that is there for one that is meant. */
export const said = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** A whole number within bounds: absent or null is the default. */
export const wholeNumber = ({
  min,
  max,
  default: byDefault,
  ...words
}: Bounds & Words & { default: number }) =>
  z
    .unknown()
    .transform((value, ctx): number =>
      value === undefined || value === null ? byDefault : readWhole(value, ctx, { min, max }),
    )
    .openapi({ ...describeBounds({ min, max }), default: byDefault, ...words });

/** A whole number within bounds, or left out. */
export const wholeNumberOrNone = ({ min, max, ...words }: Bounds & Words) =>
  z
    .unknown()
    .transform((value, ctx): number | undefined =>
      value === undefined || value === null ? undefined : readWhole(value, ctx, { min, max }),
    )
    .openapi({ ...describeBounds({ min, max }), ...words });

/** A text that is left out or has its length. */
export const text = ({ min, max, ...words }: { min: number; max: number } & Words) =>
  z
    .string()
    .optional()
    .superRefine((value, ctx) => {
      if (value === undefined || (value.length >= min && value.length <= max)) return;
      complain(ctx, "string_length", `String should have ${min} to ${max} characters`);
    })
    .openapi({ type: "string", minLength: min, maxLength: max, ...words });

/** A text, or null for none; what is left out stays. */
export const textOrNull = ({ max, ...words }: { max: number } & Words) =>
  z
    .string()
    .max(max)
    .nullish()
    .openapi({ type: ["string", "null"], maxLength: max, ...words });

/** A text that has to be there. */
export const requiredText = ({ max, ...words }: { max: number } & Words) =>
  z
    .unknown()
    .transform((value, ctx): string => {
      if (value === undefined || value === null) complain(ctx, "missing", "Field required");
      else if (typeof value !== "string") {
        complain(ctx, "string_type", "Input should be a valid string");
      } else if (value.length === 0 || value.length > max) {
        complain(ctx, "string_length", `String should have 1 to ${max} characters`);
      } else return value;
      return z.NEVER;
    })
    .openapi({ type: "string", minLength: 1, maxLength: max, ...words });

/** Yes or no, which has to be said. */
export const requiredFlag = (words: Words) =>
  z
    .unknown()
    .transform((value, ctx): boolean => {
      if (typeof value === "boolean") return value;
      if (value === undefined || value === null) complain(ctx, "missing", "Field required");
      else complain(ctx, "bool_parsing", "Input should be a valid boolean");
      return z.NEVER;
    })
    .openapi({ type: "boolean", ...words });

/** Yes, no or null, which has to be said. */
export const flagOrNull = (words: Words) =>
  z
    .unknown()
    .transform((value, ctx): boolean | null => {
      if (typeof value === "boolean" || value === null) return value;
      if (value === undefined) complain(ctx, "missing", "Field required");
      else complain(ctx, "bool_parsing", "Input should be a valid boolean");
      return z.NEVER;
    })
    .openapi({ type: ["boolean", "null"], ...words });

/** A text that narrows a list. */
export const filter = ({ max, ...words }: { max: number } & Words) =>
  z
    .string()
    .max(max)
    .optional()
    .openapi({ type: "string", ...words });

interface AnyOf {
  known?: readonly string[];
  /** What else the first system's programs say for some of them. */
  aliases?: Readonly<Record<string, string>> | undefined;
  max?: number;
  /** Whether several may stand in one parameter, parted by commas: none of the words holds one. */
  joined: boolean;
}

const JOINED = "Give the parameter once for each, or several parted by commas";
const REPEATED = "Give the parameter once for each";
const several = new WeakSet<z.ZodType>();

/** Whether a parameter may be given more than once. */
export const takesSeveral = (field: z.ZodType): boolean => several.has(field);

/** Several words, any of which may fit: of a closed list, or up to this long. */
export const anyOf = ({
  known,
  aliases = {},
  max,
  joined,
  description,
  ...words
}: AnyOf & Words) => {
  const field = z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value, ctx): string[] | undefined => {
      if (value === undefined) return undefined;
      const given = [value]
        .flat()
        .flatMap((text) => (joined ? text.split(",") : [text]))
        .map((word) => word.trim())
        .map((word) => (Object.hasOwn(aliases, word) ? (aliases[word] ?? word) : word));
      if (given.length > FILTER_WORDS_MAX) {
        complain(ctx, "too_long", `List should have at most ${FILTER_WORDS_MAX} items`);
      }
      if (known !== undefined && given.some((word) => !known.includes(word))) {
        complain(ctx, "value_error", `Input should be one or more of ${known.join(", ")}`);
      }
      if (max !== undefined && given.some((word) => word.length > max)) {
        complain(ctx, "value_error", `Each should have at most ${max} characters`);
      }
      return given;
    })
    .openapi({
      type: "array",
      items: { type: "string", ...(known && { enum: [...known] }), ...(max && { maxLength: max }) },
      maxItems: FILTER_WORDS_MAX,
      param: { style: "form", explode: true },
      description: [description, joined ? JOINED : REPEATED].filter(Boolean).join(". "),
      ...words,
    });
  several.add(field);
  return field;
};

/** One word of a closed list, or left out. */
export const oneOf = ({ known, ...words }: { known: readonly string[] } & Words) =>
  z
    .string()
    .optional()
    .superRefine((value, ctx) => {
      if (value === undefined || known.includes(value)) return;
      complain(ctx, "value_error", `Input should be one of ${known.join(", ")}`);
    })
    .openapi({ type: "string", enum: [...known], ...words });

/** A moment, or left out. */
export const moment = (words: Words) =>
  z
    .string()
    .optional()
    .transform((value, ctx): string | undefined => {
      if (value === undefined) return undefined;
      // A plus of a zone that nobody escaped arrives as a blank.
      const { success, data } = timeText.safeParse(value.replace(/ (?=\d\d:?\d\d$)/, "+"));
      if (!success) complain(ctx, "datetime_parsing", "Input should be a time or day of ISO 8601");
      return data;
    })
    .openapi({ type: "string", format: "date-time", ...words });

/** A whole number of at least 0, or left out. */
export const count = (words: Words) =>
  z
    .string()
    .optional()
    .transform((value, ctx): number | undefined => {
      if (value === undefined) return undefined;
      if (!/^\d{1,9}$/.test(value)) complain(ctx, "int_parsing", "Input should be a valid integer");
      return Number(value);
    })
    .openapi({ type: "integer", minimum: 0, ...words });

/** Yes or no, or left out. */
export const yesOrNo = (words: Words) =>
  z
    .string()
    .optional()
    .transform((value, ctx): boolean | undefined => {
      if (value === undefined) return undefined;
      const says = /^(?:(true|1|yes)|(?:false|0|no))$/i.exec(value);
      if (!says) complain(ctx, "bool_parsing", "Input should be a valid boolean");
      return says?.[1] !== undefined;
    })
    .openapi({ type: "boolean", ...words });

/** True unless it says no. */
export const flag = (words: Words) =>
  z
    .unknown()
    .transform((value) => !(typeof value === "string" && /^(?:false|0|no)$/i.test(value)))
    .openapi({ type: "boolean", default: true, ...words });

/** The id in a path. What is too long for any is read as none, and so as unknown. */
export const idInPath = ({
  max = ID_LENGTH_MAX,
  ...words
}: { max?: number; format?: string } & Words) =>
  z
    .string()
    .transform((value) => (value.length > max ? "" : value))
    .openapi({ type: "string", ...words });

/** The tenant a body names: a route that takes it refuses any but the caller's own, lower case as ids are. */
export const ownTenant = z
  .unknown()
  .transform((value) => (typeof value === "string" ? value.toLowerCase() : ""))
  .openapi({ type: "string", format: "uuid", description: "None but the key's own tenant" });
