import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { RequestProblem } from "./answer-error.ts";
import { unknownParameter } from "./unknown-parameter.ts";
import { takesSeveral } from "./field.ts";
import type { Complaint } from "./refusal.ts";
import type { Place, Takes } from "./rest-route.ts";

/**
 * Reads a request by what its route declares; a query that it does not know is refused, for it would narrow nothing. The library's own validators would refuse a body whose
 * content type is not JSON, which the first system's clients do not all name, and stop at the first part
 * that is wrong, where one answer tells everything.
 * @param isStrict false for routes that anybody asks, such as a proxy that adds parameters of its own
 * @throws RequestProblem with every complaint
 * @throws EmptyList
 */
export async function readRequest(c: Context<AppEnv>, takes: Takes, isStrict: boolean) {
  const sent: Record<Place, (name: string) => unknown> = {
    path: (name) => c.req.param(name),
    query: (name) => {
      const field = takes.query[name];
      const given = c.req.queries(name);
      return field && takesSeveral(field) && given && given.length > 1 ? given : given?.[0];
    },
    body: () => undefined,
    header: (name) => c.req.header(name),
  };
  if (Object.keys(takes.body).length > 0) {
    const body = await readJsonObject(c);
    sent.body = (name) => (Object.hasOwn(body, name) ? body[name] : undefined);
  }
  const complaints = isStrict ? complainOfUnknown(c, takes) : [];
  const read: Record<Place, Record<string, unknown>> = {
    path: {},
    query: {},
    body: {},
    header: {},
  };
  for (const place of ["path", "query", "body", "header"] as const) {
    for (const [name, field] of Object.entries(takes[place])) {
      const { success, data, error } = field.safeParse(sent[place](name));
      if (success) read[place][name] = data;
      else complaints.push(...error.issues.map((issue) => toComplaint(place, name, issue)));
    }
  }
  if (complaints.length > 0) throw new RequestProblem(complaints);
  return read;
}

/** The first system's, which say nothing to this one. */
export const DATABASE_PARAMETERS = ["raw_sql", "no_prepare", "statement_cache_size"];
/** A query may hold thousands. */
const UNKNOWN_TOLD_MAX = 20;

const complainOfUnknown = (c: Context<AppEnv>, { query }: Takes): Complaint[] =>
  Object.keys(c.req.queries())
    .filter((name) => !Object.hasOwn(query, name) && !DATABASE_PARAMETERS.includes(name))
    .slice(0, UNKNOWN_TOLD_MAX)
    .map(unknownParameter);

const toComplaint = (place: Place, name: string, issue: z.core.$ZodIssue): Complaint => ({
  loc: [place, name, ...issue.path.map((part) => (typeof part === "symbol" ? "" : part))],
  msg: issue.message,
  type: issue.code === "custom" ? String(issue.params?.["type"]) : "value_error",
});

async function readJsonObject(c: Context<AppEnv>): Promise<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RequestProblem([
      { loc: ["body", 1], msg: "JSON decode error", type: "json_invalid" },
    ]);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new RequestProblem([
      { loc: ["body"], msg: "Input should be a valid dictionary", type: "model_attributes_type" },
    ]);
  }
  return body as Record<string, unknown>;
}
