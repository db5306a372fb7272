import { type Schema, waysOf } from "./describe-type.ts";

/** What a text is, by the name of its field: for what its schema leaves to a rule. */
const BY_NAME: Record<string, unknown> = {
  domain: "example.com",
  domains: ["example.com"],
  url: "https://hooks.example.com/scrapersky",
  email: "ada@example.com",
  cron: "0 6 * * 1",
  timeZone: "Europe/Berlin",
};

const BY_FORMAT: Record<string, string> = {
  uuid: "0b7e2a54-6f5c-4a0e-9d1b-3c8f1f2d4e5a",
  "date-time": "2026-11-29T09:00:00Z",
  email: "ada@example.com",
};

/** The least that a schema takes: what is required of it, and nothing that may be left out. */
export function exampleOf(schema: Schema, name = ""): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [way] = waysOf(schema);
  if (way) return exampleOf(way, name);
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((field) => [
          field,
          exampleOf(schema.properties?.[field] ?? {}, field),
        ]),
      );
    case "array":
      return schema.minItems === 0 ? [] : [exampleOf(schema.items ?? {}, name)];
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, Number.MIN_SAFE_INTEGER + 1);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return BY_FORMAT[schema.format ?? ""] ?? placeOf(name).padEnd(schema.minLength ?? 0, "0");
  }
}

/** Says what is to be put there: `batchId` is `BATCH_ID`. */
const placeOf = (name: string): string => name.replace(/[A-Z]/g, "_$&").toUpperCase() || "TEXT";
