/** The parts of a JSON schema that the document uses for what is sent. */
export interface Schema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
  description?: string;
  example?: unknown;
}

const numbers = new Intl.NumberFormat("en");

/** A schema in words, with its limits: `whole number, 1 to 1,000`. */
export function describeType(schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  switch (schema.type) {
    case "array":
      if (schema.items?.enum) return `one or more of ${schema.items.enum.join(", ")}`;
      return `list of ${span(schema.minItems, schema.maxItems)} texts${lengthOf(schema.items ?? {}, " each")}`;
    case "integer":
      return join("whole number", span(schema.minimum, schema.maximum));
    case "boolean":
      return "true or false";
    case "object":
      return "object";
    default:
      return schema.format === "uuid" ? "uuid" : `text${lengthOf(schema)}`;
  }
}

const join = (what: string, limits: string): string =>
  limits === "" ? what : `${what}, ${limits}`;

const lengthOf = ({ minLength, maxLength }: Schema, each = ""): string =>
  maxLength === undefined ? "" : `, ${span(minLength, maxLength)} characters${each}`;

function span(min: number | undefined, max: number | undefined): string {
  const top = max === undefined || max >= Number.MAX_SAFE_INTEGER ? undefined : max;
  if (top === undefined) return min === undefined ? "" : `${numbers.format(min)} or more`;
  return min === undefined
    ? `at most ${numbers.format(top)}`
    : `${numbers.format(min)} to ${numbers.format(top)}`;
}
