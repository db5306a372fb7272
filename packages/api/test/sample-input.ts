import { z } from "zod";

interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
}

/**
 * Something that a procedure takes: what it requires and no more.
 * @param known values by the name of a field, where not any will do; those that it may leave out are given too
 */
export function sampleInput(schema: z.ZodType, known: Record<string, unknown>): unknown {
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return sampleOf(described as Schema, known);
}

function sampleOf(schema: Schema, known: Record<string, unknown>): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return sampleOf(first, known);
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => name in known || schema.required?.includes(name))
          .map(([name, of]) => [name, name in known ? known[name] : sampleOf(of, known)]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        sampleOf(schema.items ?? {}, known),
      );
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return "sample";
  }
}
