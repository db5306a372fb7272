import { appRouter, type Permission } from "@scrapersky/api";
import {
  clientOf,
  IDEMPOTENT_CALLS,
  LISTS,
  LONG_QUERIES,
  type ProcedureCall,
  procedureCurlOf,
  REFERENCE_ORIGIN,
  type ReferenceCall,
  type ReferencePart,
} from "@scrapersky/api/contract";
import { z } from "zod";
import { fieldsOf, type Schema } from "./describe-type.ts";
import { exampleOf } from "./example-of.ts";

interface Procedure {
  _def: {
    type: ProcedureCall["type"];
    inputs: readonly unknown[];
    meta?: { permission?: Permission | null };
  };
}

/** By path: the types nest what the router has side by side. */
export const PROCEDURES = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Procedure>,
);

/** Where fields depend on each other, or a text has a form of its own. */
const EXAMPLES: Record<string, object> = {
  "batches.create": { domains: ["example.com"], maxPages: 5 },
  "batches.append": { batchId: "BATCH_ID", domains: ["example.com"] },
  "batches.validate": { text: "example.com\nexample.org" },
  "bulk.preview": { action: "jobs.retry", target: { list: "jobs", ids: ["JOB_ID"] } },
  "bulk.start": { action: "jobs.retry", target: { list: "jobs", ids: ["JOB_ID"] } },
  "domains.rescan": { target: { list: "leads", ids: ["DOMAIN_ID"] } },
  "features.createEntry": { name: "Leads", urlPath: "/leads" },
  "profiles.preferences.get": { key: "columns.jobs" },
  "profiles.preferences.set": { key: "columns.jobs", value: ["domain"] },
};

/** What a sample of a procedure sends; undefined where it takes nothing. */
export function sampleOf(path: string, schema: Schema | undefined): unknown {
  return EXAMPLES[path] ?? (schema && exampleOf(schema));
}

/** The procedures of the router in words and samples, noun by noun. */
export function describeProcedures(): ReferencePart[] {
  const parts = Map.groupBy(PROCEDURES, ([path]) => path.slice(0, path.indexOf(".")));
  return [...parts].map(([name, procedures]) => ({
    name,
    text: null,
    calls: procedures.map(([path, procedure]) => callOf(path, procedure)),
  }));
}

function callOf(path: string, { _def }: Procedure): ReferenceCall {
  const { permission } = _def.meta ?? {};
  const schema = inputOf(_def.inputs);
  const call: ProcedureCall = {
    procedure: path,
    type: _def.type,
    isOpen: permission === undefined,
    isLong: LONG_QUERIES.includes(path),
    input: sampleOf(path, schema),
  };
  return {
    id: path.replaceAll(".", "-"),
    verb: _def.type,
    path,
    title: path,
    text: [
      permission === undefined
        ? "Open to everybody."
        : permission === null
          ? "Needs a key; which right, depends on what is asked for."
          : `Needs ${permission}.`,
      ...(IDEMPOTENT_CALLS.includes(path)
        ? ["The client gives it an idempotencyKey by itself and tries it again."]
        : []),
    ].join(" "),
    fields: schema ? fieldsOf(schema, null) : [],
    samples: {
      curl: procedureCurlOf(REFERENCE_ORIGIN, call),
      typescript: clientOf(REFERENCE_ORIGIN, call),
    },
    answer: null,
    headers: [],
    refusals: [],
    forms: [],
  };
}

/** What a procedure takes, as JSON; undefined where that is nothing. */
export function inputOf(inputs: readonly unknown[]): Schema | undefined {
  const [input] = inputs;
  if (!(input instanceof z.ZodType)) return undefined;
  return schemaOf(input);
}

const schemaOf = (type: z.ZodType): Schema =>
  z.toJSONSchema(type, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      const list = LISTS.get(zodSchema);
      if (list === undefined) return;
      const { element, min, max } = list;
      const items = schemaOf(element) as typeof jsonSchema;
      Object.assign(jsonSchema, { type: "array", items, minItems: min, maxItems: max });
    },
  }) as Schema;
