import { LISTS } from "@scrapersky/api/contract";
import { z } from "zod";

/** As much of JSON Schema as inputs are described by. */
export interface JsonSchema {
  type?: string | string[];
  /** Whether it is no input, but what a request is put together of. */
  parts?: boolean;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

/** What a procedure takes, with the elements of its lists, which stand behind functions. */
export const describeInput = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const list = LISTS.get(zodSchema);
      if (list === undefined) return;
      const { element, min, max } = list;
      Object.assign(jsonSchema, {
        type: "array",
        items: describeInput(element),
        minItems: min,
        maxItems: max,
      });
    },
  }) as JsonSchema;
