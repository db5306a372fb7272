import type { Known } from "./inputs.ts";
import type { JsonSchema } from "./json-schema.ts";

/** Characters of a text or list of which the schema does not say how long it may be, and of a list at all. */
const LENGTH_MAX = 1_000_000;
const ITEMS_MAX = 1_000;
const LETTER = "x";

/** Fields that lead elsewhere: to a later page, or to an earlier answer. */
const LEFT_OUT = new Set(["cursor", "idempotencyKey"]);

/**
 * About the largest input that a schema lets through: every field there, texts as long as they may be, lists full, and known values
 * in fields of their name.
 */
export function largestInput(schema: JsonSchema, known: Known, name = ""): unknown {
  const own = known(name).at(-1);
  if (own !== undefined) return own;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.at(-1);
  const inside = (one: JsonSchema, field = name) => largestInput(one, known, field);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    const each = choices.map((one) => inside(one));
    return each.reduce((one, two) => (sizeOf(two) > sizeOf(one) ? two : one));
  }
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((one) => inside(one))) as unknown;
  }
  switch ([schema.type].flat()[0]) {
    case "object": {
      const fields = Object.entries(schema.properties ?? {});
      return Object.fromEntries(
        fields
          .filter(([field]) => !LEFT_OUT.has(field))
          .map(([field, one]) => [field, inside(one, field)]),
      );
    }
    case "array": {
      const item = schema.items === undefined ? LETTER : inside(schema.items);
      const fitting = Math.floor(LENGTH_MAX / (sizeOf(item) + 1));
      return Array<unknown>(Math.min(schema.maxItems ?? ITEMS_MAX, fitting)).fill(item);
    }
    case "integer":
    case "number":
      return Math.min(schema.maximum ?? 1_000, Number.MAX_SAFE_INTEGER);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      if (schema.format === "date-time") return "2026-11-29T12:00:00Z";
      return LETTER.repeat(schema.maxLength ?? LENGTH_MAX);
  }
}

const sizeOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0;
