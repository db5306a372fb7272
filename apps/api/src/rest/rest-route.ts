import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import type { Permission } from "@scrapersky/api";
import { HEADERS } from "@scrapersky/api/contract";
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { BODY_BYTES_WORDS, BODY_TOO_LARGE } from "../http/limits.ts";
import { TOO_MANY } from "../limit/too-many.ts";
import { unknownParameter } from "./unknown-parameter.ts";
import {
  type Complaint,
  describeRefusal,
  invalidRequest,
  type Reason,
  refusal,
} from "./refusal.ts";

/**
 * A route of REST v3 is one declaration: router, reading of requests, rights and document are made from
 * it. `test/document.test.ts` walks router and document, `test/examples.test.ts` compares every example with
 * a real answer.
 */

/** Where a request carries fields. */
export type Place = "path" | "query" | "body" | "header";
type Fields = Record<string, z.ZodType>;
export type Takes = Record<Place, Fields>;

type Values<F extends Fields> = { [Name in keyof F]: z.output<F[Name]> };

interface Refused {
  description: string;
  reason: Reason;
}

export type RestNoun =
  | ("batches" | "jobs" | "leads" | "contacts")
  | ("pages" | "profiles" | "exports" | "suppressions" | "bulk" | "schedules")
  | ("db-portal" | "keys" | "audit" | "webhooks" | "settings" | "views")
  | ("account" | "tenants" | "features" | "platform");

/** Asks for nothing but somebody who is known: what is told is their own, or narrowed to what they may. */
export const SIGNED_IN = "signed in";
export type Needed = Permission | typeof SIGNED_IN;

interface Declaration<
  P extends Fields,
  Q extends Fields,
  B extends Fields,
  H extends Fields,
  A extends z.ZodType,
> {
  /** Name for programs that are written from the document; never changed. */
  operationId: string;
  method: "get" | "post" | "put" | "delete";
  /** Below `/api/v3`, parameters in braces. */
  path: `/${string}`;
  /** The same as the router takes it, where a parameter is only a part between two slashes. */
  routingPath?: string;
  /** Files the route in the document, and names its statements together with `operationId`. */
  noun: RestNoun;
  summary: string;
  description?: string;
  /** Null: open to everybody. */
  permission: Needed | null;
  /** Rights that it asks for besides. */
  alsoNeeds?: readonly Permission[];
  /** Which right the procedure asks for besides, where that depends on the request. */
  needsOf?: string;
  takes?: { path?: P; query?: Q; body?: B; header?: H };
  /** Headers of the answer and what they say. */
  tells?: Record<string, string>;
  answer: A;
  example: NoInfer<z.output<A>>;
  /** Media types that the answer has beside JSON, by what is asked for. */
  files?: readonly string[];
  /** Answers without a body, such as 304. */
  also?: Record<number, string>;
  /** What this route refuses beside what every route does, by status. */
  refuses?: Record<number, Refused>;
  /** What it says of a wrong field; of a parameter that it does not know where left out. */
  complains?: Complaint;
  /** A response of its own goes out as it is. */
  respond: (
    c: Context<AppEnv>,
    taken: { path: Values<P>; query: Values<Q>; body: Values<B>; header: Values<H> },
  ) => Promise<NoInfer<z.output<A>> | Response>;
}

export interface RestRoute {
  config: RouteConfig & { operationId: string; getRoutingPath(): string };
  /** Name of its statements in the database's logs. */
  procedure: string;
  permission: Needed | null;
  alsoNeeds: readonly Permission[];
  takes: Takes;
  answer: z.ZodType;
  respond: (c: Context<AppEnv>, taken: never) => Promise<unknown>;
}

export function declareRoute<
  A extends z.ZodType,
  P extends Fields = Record<never, never>,
  Q extends Fields = Record<never, never>,
  B extends Fields = Record<never, never>,
  H extends Fields = Record<never, never>,
>(declaration: Declaration<P, Q, B, H, A>): RestRoute {
  const { operationId, method, path, noun, permission, answer, example } = declaration;
  const { summary, description, tells = {}, also = {}, files = [], respond } = declaration;
  const { alsoNeeds = [], needsOf, routingPath } = declaration;
  const takes: Takes = { path: {}, query: {}, body: {}, header: {}, ...declaration.takes };
  const hasBody = Object.keys(takes.body).length > 0;
  const rights = [
    ...(permission === null || permission === SIGNED_IN ? [] : [permission]),
    ...alsoNeeds,
    ...(needsOf ? [needsOf] : []),
  ];
  const known = permission === null ? "Open to everybody." : "Open to everybody who is known.";
  const needs = rights.length === 0 ? known : `Needs ${rights.join(" and ")}.`;
  const config = createRoute({
    operationId,
    method,
    path,
    tags: [noun],
    summary,
    description: description === undefined ? needs : `${description} ${needs}`,
    security: permission === null ? [] : [{ key: [] }],
    request: {
      params: z.object(takes.path),
      query: z.object(takes.query),
      headers: z.object(takes.header),
      ...(hasBody ? { body: { required: true, content: json(z.object(takes.body)) } } : {}),
    },
    responses: {
      200: {
        description: "Done",
        headers: headersOf({ ...tells, ...STANDING }),
        content: {
          ...Object.fromEntries(files.map((type) => [type, { schema: z.string() }])),
          ...json(answer, example),
        },
      },
      ...Object.fromEntries(
        Object.entries(also).map(([status, told]) => [status, { description: told }]),
      ),
      ...describeRefusals(declaration, hasBody),
    },
  });
  return {
    config: routingPath === undefined ? config : { ...config, getRoutingPath: () => routingPath },
    procedure: `${noun}.${operationId}`,
    permission,
    alsoNeeds,
    takes,
    answer,
    respond,
  };
}

const json = (schema: z.ZodType, example?: unknown) => ({
  "application/json": { schema, ...(example === undefined ? {} : { example }) },
});

type Refusing = Pick<
  Declaration<Fields, Fields, Fields, Fields, z.ZodType>,
  "method" | "permission" | "refuses" | "complains"
>;

function describeRefusals(
  { method, permission, refuses = {}, complains }: Refusing,
  hasBody: boolean,
) {
  const all: Record<number, Refused> = {
    429: TOO_MANY_CALLS,
    ...refuses,
    ...(permission === null ? {} : refusalsOfRights(permission, method !== "get")),
  };
  if (hasBody) all[413] = TOO_LARGE;
  const described = Object.entries(all).map(([status, { description, reason }]) => {
    const example = describeRefusal(Number(status), reason, REQUEST_ID);
    const headers = status === "429" ? headersOf({ [HEADERS.retryAfter]: COME_BACK }) : {};
    return [status, { description, headers, content: json(refusal, example) }] as const;
  });
  if (complains || permission !== null) {
    const example = { detail: [complains ?? unknownParameter("surprise")], error: true };
    const content = json(invalidRequest, example);
    described.push(["422", { description: WRONG_FIELD, headers: {}, content }]);
  }
  return Object.fromEntries(described);
}

const REQUEST_ID = "5d0c2c0e-5bb1-4a4f-9b1e-4a0f6f8f8a10";
const WRONG_FIELD =
  "A field is missing or beyond its limits, or a parameter is unknown; each complaint names its place";

const COME_BACK = "Seconds until it may be tried again";

/** What every answer tells its caller. */
const STANDING = {
  [HEADERS.rateLimitPolicy]: "The limits that hold for you, as name, calls (q) and seconds (w)",
  [HEADERS.rateLimit]: "Calls that are left of them (r), and seconds until all may be had (t)",
};

const headersOf = (told: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(told).map(([name, description]) => [
      name,
      { description, schema: { type: "string" as const } },
    ]),
  );

const TOO_MANY_CALLS: Refused = {
  description:
    "More calls within a minute than one key, person or address may make; come back after Retry-After",
  reason: { message: TOO_MANY, code: "RATE_LIMITED" },
};

const TOO_LARGE: Refused = {
  description: `The body is larger than ${BODY_BYTES_WORDS}`,
  reason: { message: BODY_TOO_LARGE },
};

/** What every route can say that asks who calls. */
const refusalsOfRights = (permission: Needed, changes: boolean): Record<number, Refused> => ({
  401: { description: "No key, or a wrong one", reason: { message: "Not authenticated" } },
  403: {
    description: changes
      ? "The key may not do this or is of another tenant, or a session cookie came from a foreign page"
      : "The key may not do this, or is of another tenant",
    reason: {
      message: "Forbidden",
      ...(permission === SIGNED_IN ? {} : { code: `NEEDS_${permission}` }),
    },
  },
  500: {
    description: "A fault of ours; tell whoever runs the server the request_id",
    reason: { message: "Internal server error" },
  },
  503: {
    description: "The database is away or busy; come back after Retry-After",
    reason: {
      message: "The database cannot be reached right now; try again in a few seconds.",
      code: "DATABASE_UNAVAILABLE",
    },
  },
});

/** The refusal of an id that names no row of the caller's tenant. */
export const noSuch = (what: string): Refused => ({
  description: "Unknown, or of another tenant",
  reason: { message: `${what} not found`, code: "NOT_FOUND" },
});
