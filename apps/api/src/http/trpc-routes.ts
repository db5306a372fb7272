import {
  type Actor,
  appRouter,
  type Context,
  describeError,
  DomainError,
  toTrpcError,
} from "@scrapersky/api";
import { CALLS_PER_REQUEST_MAX, HEADERS, IDEMPOTENT_CALLS } from "@scrapersky/api/contract";
import { currentTags } from "@scrapersky/db";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { TRPCRequestInfo } from "@trpc/server/http";
import { type Context as HttpContext, Hono } from "hono";
import { actorOf, authenticate, FOREIGN_PAGE } from "../auth/principal.ts";
import type { AppEnv, Services } from "./app-env.ts";
import { limitCalls } from "../limit/limit-calls.ts";
import { retryAfterOf } from "./headers.ts";
import { logFault } from "./log-fault.ts";

/** Procedures at `/api/trpc`: batches of calls, streams of answers, subscriptions as event streams. */
export function createTrpcRoutes(services: Services): Hono<AppEnv> {
  return new Hono<AppEnv>().use(
    "/*",
    createDoor(services, (c, request, info) => createContext(services, c, request, info)),
  );
}

/** Refuses every call of a request whose body is not read, in the form tRPC's clients understand. */
export const refuseTrpcBody = (services: Services, message: string): Door =>
  createDoor(services, () => Promise.reject(new TRPCError({ code: "PAYLOAD_TOO_LARGE", message })));

type Door = (c: HttpContext<AppEnv>) => Promise<Response>;

type CreateContext = (
  c: HttpContext<AppEnv>,
  request: Request,
  info: TRPCRequestInfo,
) => Promise<Context>;

function createDoor(services: Services, create: CreateContext): Door {
  const options = {
    endpoint: "/api/trpc",
    router: appRouter,
    maxBatchSize: CALLS_PER_REQUEST_MAX,
    // A query may be too long for an address.
    allowMethodOverride: true,
  };
  return (c) =>
    fetchRequestHandler({
      ...options,
      responseMeta: ({ errors }: { errors: readonly TRPCError[] }) => {
        // Of a stream the library says no error here: its status would be 200.
        const refusal = c.get("refusal");
        const waits = [...errors, ...(refusal ? [refusal] : [])].map(
          (error) => describeError(error).details.retryAfterMs ?? 0,
        );
        const longest = Math.max(0, ...waits);
        return {
          ...(refusal ? { status: describeError(refusal).httpStatus } : {}),
          headers: {
            ...(longest === 0 ? {} : { [HEADERS.retryAfter]: retryAfterOf(longest) }),
            ...(c.get("replayed") ? { [HEADERS.idempotentReplayed]: "true" } : {}),
          },
        };
      },
      onError: ({ error, path }) => {
        if (getHTTPStatusCodeFromError(error) < 500 || error.cause instanceof DomainError) return;
        const { requestId } = currentTags()?.tags ?? {};
        logFault(c, services.log, error, { requestId, procedure: path });
      },
      req: c.req.raw,
      createContext: ({ req, info }) => create(c, req, info),
    });
}

/**
 * A browser's event stream can send no header, so its tenant comes as a connection parameter, which stands in the address. A key never
 * does: addresses are written into logs.
 */
async function createContext(
  services: Services,
  c: HttpContext<AppEnv>,
  request: Request,
  { calls, type, connectionParams: connection }: TRPCRequestInfo,
): Promise<Context> {
  const { method } = request;
  const [requestId, facts] = [c.get("requestId"), c.get("facts")];
  const { headers } = request;
  const tenant =
    headers.get(HEADERS.tenant) ??
    headers.get(HEADERS.tenantId) ??
    connection?.["tenant"] ??
    undefined;
  const credentials = { method, headers, tenant };
  const principal = await authenticate(services, credentials)
    .then(async (found) => {
      await limitCalls(services, c, found, calls.length);
      if (type === "subscription" && found.kind === "known") await enter(services, c, found.actor);
      return found;
    })
    .catch((error: unknown) => {
      if (type === "subscription" && describeError(error).code === "RATE_LIMITED") {
        c.set("refusal", error);
      }
      throw toTrpcError(error);
    });
  if (principal.kind === "foreign-page") {
    throw toTrpcError(new DomainError("FORBIDDEN", FOREIGN_PAGE, { errorCode: "FOREIGN_PAGE" }));
  }
  const actor = actorOf(principal);
  const idempotencyKey = headers.get(HEADERS.idempotencyKey) ?? undefined;
  if (idempotencyKey !== undefined && calls.filter(isKeyed).length > 1) {
    throw toTrpcError(new DomainError("INVALID_INPUT", ONE_CALL));
  }
  if (actor) Object.assign(facts, { tenant: actor.tenantSlug, actor: actor.id });
  return {
    db: services.database.db,
    database: services.database,
    health: services.health,
    queue: services.queue,
    watcher: services.watcher,
    actor,
    actorNow: () =>
      services.rights.actorNow(credentials, async () =>
        actorOf(await authenticate(services, credentials)),
      ),
    isForeignTenant: principal.kind === "foreign-tenant",
    webUrl: services.webUrl,
    mail: services.mail,
    webhooksKey: services.webhooksKey,
    idempotencyKey,
    onReplayed: () => c.set("replayed", true),
    requestId,
    source: principal.kind === "known" && principal.by === "session" ? "ui" : "trpc",
  };
}

/** The place of a stream is free again when its connection ends, however that comes. */
async function enter(services: Services, c: HttpContext<AppEnv>, actor: Actor): Promise<void> {
  const place = await services.streams.enter(actor);
  const { outgoing } = c.env;
  if (!outgoing || outgoing.destroyed) place.leave();
  else outgoing.once("close", place.leave);
}

const isKeyed = ({ path }: { path: string }): boolean => IDEMPOTENT_CALLS.includes(path);

const ONE_CALL =
  `${HEADERS.idempotencyKey} is for one call that creates something, and this request has several: ` +
  "give each an idempotencyKey in its input.";
