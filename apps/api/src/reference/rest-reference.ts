import {
  curlOf,
  fetchOf,
  REFERENCE_ORIGIN,
  type ReferenceCall,
  type ReferenceField,
  type ReferencePart,
  type ReferenceRefusal,
} from "@scrapersky/api/contract";
import type { createV3Document } from "../rest/v3-document.ts";
import { fieldsOf, type Schema } from "./describe-type.ts";

type Document = ReturnType<typeof createV3Document>;

interface Content {
  "application/json"?: { schema?: Schema; example?: unknown };
}

interface Answer {
  description?: string;
  headers?: Record<string, { description?: string }>;
  content?: Content;
}

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Content };
  responses?: Record<string, Answer>;
}

/** The document of REST in words and samples, noun by noun. */
export function describeRest({ paths = {}, tags = [] }: Document): ReferencePart[] {
  const calls = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([verb, operation]) => ({
      tag: operation.tags?.[0],
      call: callOf(verb, path, operation),
    })),
  );
  return tags.map(({ name, description = null }) => ({
    name,
    text: description,
    calls: calls.filter(({ tag }) => tag === name).map(({ call }) => call),
  }));
}

function callOf(verb: string, path: string, operation: Operation): ReferenceCall {
  const { summary = "", description = "", security = [], responses = {} } = operation;
  const { content, headers = {} } = responses["200"] ?? {};
  const method = verb.toUpperCase();
  const asked = {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase()),
    isOpen: security.length === 0,
    body: exampleBody(operation),
  };
  return {
    id: `${verb}${path.replace(/\W+/g, "-")}`.replace(/-$/, ""),
    verb: method,
    path,
    title: summary,
    text: description,
    fields: restFields(operation),
    samples: {
      curl: curlOf(REFERENCE_ORIGIN, asked),
      typescript: fetchOf(REFERENCE_ORIGIN, asked),
    },
    answer: inLines(content?.["application/json"]?.example),
    headers: Object.entries(headers).map(([name, { description: note = "" }]) => ({ name, note })),
    ...refusalsOf(responses),
  };
}

const inLines = (value: unknown): string => JSON.stringify(value, null, 2);

const bodyOf = ({ requestBody }: Operation): Schema | undefined =>
  requestBody?.content?.["application/json"]?.schema;

const restFields = (operation: Operation): ReferenceField[] => [
  ...fieldsOf(bodyOf(operation) ?? {}, "body"),
  ...(operation.parameters ?? []).flatMap(({ name, in: place, required = false, schema = {} }) =>
    fieldsOf({ properties: { [name]: schema }, required: required ? [name] : [] }, place),
  ),
];

/** Undefined where a request has no body. */
function exampleBody(operation: Operation): object | undefined {
  const schema = bodyOf(operation);
  if (schema === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const value = field.example ?? field.default;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Every other status with what it says, and each form of a refusal once. */
function refusalsOf(responses: Record<string, Answer>): Pick<ReferenceCall, "refusals" | "forms"> {
  const others = Object.entries(responses)
    .filter(([status]) => status !== "200")
    .map(([status, { description = "", content }]) => {
      const example = content?.["application/json"]?.example as
        | { message?: unknown; code?: string }
        | undefined;
      return { status, description, example };
    });
  const forms = Map.groupBy(
    others.filter(({ example }) => example !== undefined),
    ({ example }) => typeof example?.message,
  );
  return {
    refusals: others.map(({ status, description, example }): ReferenceRefusal => ({
      status,
      note: description,
      // The refusal's own words, for who looks for what stands in a log.
      message: typeof example?.message === "string" ? example.message : null,
      code: example?.code ?? null,
    })),
    forms: [...forms.values()].map((refusals) => ({
      statuses: refusals.map(({ status }) => status),
      example: inLines((refusals.find(({ example }) => example?.code) ?? refusals[0])?.example),
    })),
  };
}
