import type { ReferenceField } from "@scrapersky/api/contract";

/** The parts of a JSON schema that are told of what is sent. */
export interface Schema {
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
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

const FORMATS: Record<string, string> = {
  uuid: "uuid",
  "date-time": "time or day of ISO 8601",
  email: "e-mail address",
};

/** A schema in words, with its limits: `whole number, 1 to 1,000`. */
export function describeType(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  const ways = waysOf(schema);
  if (ways.length > 0) return [...new Set(ways.map(describeType))].join(" or ");
  switch (schema.type) {
    case "array":
      return describeList(schema);
    case "integer":
      return join("whole number", span(schema.minimum, schema.maximum));
    case "number":
      return join("number", span(schema.minimum, schema.maximum));
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "object":
      return join("object", Object.keys(schema.properties ?? {}).join(", "), " of ");
    case "string":
      return FORMATS[schema.format ?? ""] ?? `text${lengthOf(schema)}`;
    default:
      return "any value";
  }
}

/** The fields of an object; where it has one of several forms, those of all of them. */
export function fieldsOf(schema: Schema, place: string | null): ReferenceField[] {
  const forms = waysOf(schema).flatMap(formsOf);
  const all = forms.length === 0 ? [schema] : forms;
  const names = new Set(all.flatMap(({ properties = {} }) => Object.keys(properties)));
  return [...names].map((name) => {
    const told = all.flatMap(({ properties }) => properties?.[name] ?? []);
    const [{ default: byDefault, description = null } = {}] = told;
    return {
      name,
      place,
      is: [...new Set(told.map(describeType))].join(" or "),
      byDefault: byDefault === undefined ? null : JSON.stringify(byDefault),
      isRequired: all.every(({ required }) => required?.includes(name)),
      note: description,
    };
  });
}

const formsOf = (schema: Schema): Schema[] => {
  const ways = waysOf(schema);
  return ways.length === 0 ? [schema] : ways.flatMap(formsOf);
};

export const waysOf = ({ anyOf, oneOf, type, ...rest }: Schema): Schema[] =>
  anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((one) => ({ ...rest, type: one })) : []);

function describeList({ items = {}, minItems, maxItems }: Schema): string {
  if (items.enum) return `one or more of ${items.enum.join(", ")}`;
  const many = span(minItems, maxItems);
  const start = many === "" ? "list of" : `list of ${many}`;
  return items.type === "string" && items.format === undefined
    ? `${start} texts${lengthOf(items, " each")}`
    : `${start}, each: ${describeType(items)}`;
}

const join = (what: string, more: string, by = ", "): string =>
  more === "" ? what : `${what}${by}${more}`;

const lengthOf = ({ minLength, maxLength }: Schema, each = ""): string =>
  maxLength === undefined ? "" : `, ${span(minLength, maxLength)} characters${each}`;

function span(min: number | undefined, max: number | undefined): string {
  const top = max === undefined || max >= Number.MAX_SAFE_INTEGER ? undefined : max;
  const from = min === undefined || min <= Number.MIN_SAFE_INTEGER ? undefined : min;
  if (top === undefined) return from === undefined ? "" : `${numbers.format(from)} or more`;
  return from === undefined
    ? `at most ${numbers.format(top)}`
    : `${numbers.format(from)} to ${numbers.format(top)}`;
}
