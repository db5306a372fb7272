import { appRouter } from "@scrapersky/api";
import { z } from "zod";
import type { RestRoute } from "../../src/rest/rest-route.ts";
import { V3_ROUTES } from "../../src/rest/v3-routes.ts";
import { document } from "../operations.ts";
import { describeInput, type JsonSchema } from "./json-schema.ts";

/** Something that can be asked over HTTP, with whatever input. */
export interface Call {
  /** As `batches.create`, or `GET /api/v3/jobs`. */
  name: string;
  input: JsonSchema;
  /** A stream of answers: what it reads is not of the transaction that is undone. */
  isStream: boolean;
  /** Whether it is for the platform's staff; left out where a refusal is to tell. */
  isStaff?: boolean;
  request(input: unknown): Request;
  /** Several at once, which are answered in one list; undefined where that cannot be. */
  together: ((inputs: readonly unknown[]) => Request) | undefined;
  /** Whether its schemas refuse an input, so that nothing is asked of the database but who sent it. */
  refuses(input: unknown): boolean;
  /** Whether it changes nothing: such calls may be made at the same time. */
  isRead: boolean;
}

interface Request {
  path: string;
  init: RequestInit;
}

const JSON_TYPE = { "content-type": "application/json" };

const PROCEDURES = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: string; inputs: unknown[] } }
  >,
).map(([name, { _def }]): Call => {
  const schemas = _def.inputs.filter((one) => one instanceof z.ZodType);
  const inputs = schemas.map(describeInput);
  const isStream = _def.type === "subscription";
  const post = (path: string, body: string) => ({
    path: `/api/trpc/${path}`,
    init: { method: "POST", headers: JSON_TYPE, body },
  });
  return {
    name,
    input: inputs.length === 1 ? inputs[0]! : { allOf: inputs },
    isStream,
    isRead: _def.type !== "mutation",
    request(input) {
      const text = JSON.stringify(input);
      return isStream
        ? { path: `/api/trpc/${name}?input=${escaped(text)}`, init: {} }
        : post(name, text);
    },
    together: isStream
      ? undefined
      : (several) =>
          post(
            `${several.map(() => name).join(",")}?batch=1`,
            JSON.stringify(Object.assign({}, several)),
          ),
    refuses: (input) => schemas.some((schema) => isRefused(schema, input)),
  };
});

/** As it arrives; what a schema has to wait for it does not refuse here. */
function isRefused(schema: z.ZodType, sent: unknown): boolean {
  try {
    return !schema.safeParse(JSON.parse(JSON.stringify(sent))).success;
  } catch {
    return false;
  }
}

interface Operation {
  operationId: string;
  parameters?: {
    name: string;
    in: "path" | "query" | "header";
    required?: boolean;
    schema: JsonSchema;
  }[];
  requestBody?: { content: { "application/json": { schema: JsonSchema } } };
}

/** Whoever reads these is noted. */
const WRITES_DOWN = /^\/api\/v3\/(?:export|db-portal)\//;

const ROUTES = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item as unknown as Record<string, Operation>).map(
    ([method, { operationId, parameters = [], requestBody }]): Call => {
      const partOf = (place: string): JsonSchema => {
        const own = parameters.filter((one) => one.in === place);
        return {
          type: "object",
          parts: true,
          properties: Object.fromEntries(own.map(({ name, schema }) => [name, schema])),
          required: own.filter(({ required }) => required).map(({ name }) => name),
        };
      };
      const body = requestBody?.content["application/json"].schema;
      return {
        name: `${method.toUpperCase()} ${path}`,
        isStream: false,
        isRead: method === "get" && !WRITES_DOWN.test(path),
        together: undefined,
        isStaff: routeOf(operationId).permission?.startsWith("platform:") === true,
        refuses: (input) => refusesOf(routeOf(operationId), fieldsOf(input)),
        input: {
          type: "object",
          parts: true,
          properties: {
            path: partOf("path"),
            query: partOf("query"),
            header: partOf("header"),
            ...(body && { body }),
          },
          required: ["path", "query", "header", ...(body ? ["body"] : [])],
        },
        request: (input) => requestOf(method, path, fieldsOf(input)),
      };
    },
  ),
);

function routeOf(operationId: string): RestRoute {
  const route = V3_ROUTES.find(({ config }) => config.operationId === operationId);
  if (!route) throw new Error(`no route is called ${operationId}`);
  return route;
}

/** Whether a field is refused; of some that are not the reading of requests knows better, for texts of addresses are texts. */
function refusesOf({ takes }: RestRoute, input: Record<string, unknown>): boolean {
  return (["path", "query", "body", "header"] as const).some((place) => {
    const sent = fieldsOf(input[place]);
    return Object.entries(takes[place]).some(([name, field]) => {
      const value = sent[name];
      const isText = place !== "body" && value !== undefined;
      return isRefused(z.object({ value: field }), { value: isText ? textOf(value) : value });
    });
  });
}

/** Everything that the router and the document say can be asked. */
export const CALLS: readonly Call[] = [...PROCEDURES, ...ROUTES];

function requestOf(method: string, path: string, input: Record<string, unknown>) {
  const names = fieldsOf(input["path"]);
  const query = Object.entries(fieldsOf(input["query"])).flatMap(([name, value]) =>
    [value].flat().map((one) => `${escaped(name)}=${escaped(textOf(one))}`),
  );
  const headers = Object.entries(fieldsOf(input["header"]))
    .filter(([name]) => /^[\w-]+$/.test(name) && name !== "authorization")
    // Others no client can send.
    .map(([name, value]) => [name, textOf(value).replace(/[^\x20-\x7e]/g, "")]);
  const body = "body" in input && method !== "get" ? JSON.stringify(input["body"]) : undefined;
  const place = path.replace(/\{(\w+)\}/g, (_all, name: string) => escaped(textOf(names[name])));
  return {
    path: (query.length === 0 ? place : `${place}?${query.join("&")}`).slice(0, ADDRESS_LENGTH_MAX),
    init: {
      method: method.toUpperCase(),
      headers: { ...Object.fromEntries(headers), ...(body === undefined ? {} : JSON_TYPE) },
      ...(body === undefined ? {} : { body }),
    },
  };
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Node takes 16 kB of what stands before a body. */
const ADDRESS_LENGTH_MAX = 12_000;
const TEXT_LENGTH_MAX = 2_000;
const textOf = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, TEXT_LENGTH_MAX);

/** Half a character cannot stand in an address. */
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());
