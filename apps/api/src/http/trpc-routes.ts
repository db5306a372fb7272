import {
  type Actor,
  appRouter,
  type Context,
  describeError,
  DomainError,
  toTrpcError,
} from "@scrapersky/api";
import { CALLS_PER_REQUEST_MAX, HEADERS } from "@scrapersky/api/contract";
import { currentTags } from "@scrapersky/db";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type Context as HttpContext, Hono } from "hono";
import { authenticate, FOREIGN_PAGE, type Principal } from "../auth/principal.ts";
import type { AppEnv, Services } from "./app-env.ts";
import { retryAfterOf } from "./headers.ts";
import { logFault } from "./log-fault.ts";

/** Procedures at `/api/trpc`: batches of calls, streams of answers, subscriptions as event streams. */
export function createTrpcRoutes(services: Services): Hono<AppEnv> {
  return new Hono<AppEnv>().use(
    "/*",
    createDoor(services, (request, connection, { requestId, facts }) =>
      createContext(services, request, connection, requestId, facts),
    ),
  );
}

/** Refuses every call of a request whose body is not read, in the form tRPC's clients understand. */
export const refuseTrpcBody = (services: Services, message: string): Door =>
  createDoor(services, () => Promise.reject(new TRPCError({ code: "PAYLOAD_TOO_LARGE", message })));

type Door = (c: HttpContext<AppEnv>) => Promise<Response>;

type CreateContext = (
  request: Request,
  connection: Partial<Record<string, string>> | undefined,
  variables: AppEnv["Variables"],
) => Promise<Context>;

function createDoor(services: Services, create: CreateContext): Door {
  const options = {
    endpoint: "/api/trpc",
    router: appRouter,
    maxBatchSize: CALLS_PER_REQUEST_MAX,
    // A query may be too long for an address.
    allowMethodOverride: true,
    responseMeta: ({ errors }: { errors: readonly TRPCError[] }) => {
      const waits = errors.map((error) => describeError(error).details.retryAfterMs ?? 0);
      const longest = Math.max(0, ...waits);
      return longest === 0 ? {} : { headers: { [HEADERS.retryAfter]: retryAfterOf(longest) } };
    },
  };
  return (c) =>
    fetchRequestHandler({
      ...options,
      onError: ({ error, path }) => {
        if (getHTTPStatusCodeFromError(error) < 500 || error.cause instanceof DomainError) return;
        const { requestId } = currentTags()?.tags ?? {};
        logFault(c, services.log, error, { requestId, procedure: path });
      },
      req: c.req.raw,
      createContext: ({ req, info }) => create(req, info.connectionParams ?? undefined, c.var),
    });
}

/** An event stream cannot send headers: its tenant and key come as connection parameters. */
async function createContext(
  services: Services,
  request: Request,
  connection: Partial<Record<string, string>> | undefined,
  requestId: string,
  facts: AppEnv["Variables"]["facts"],
): Promise<Context> {
  const { method } = request;
  const headers = new Headers(request.headers);
  if (connection?.["authorization"] && !headers.has("authorization")) {
    headers.set("authorization", connection["authorization"]);
  }
  const tenant =
    headers.get(HEADERS.tenant) ??
    headers.get(HEADERS.tenantId) ??
    connection?.["tenant"] ??
    undefined;
  const credentials = { method, headers, tenant };
  const principal = await authenticate(services, credentials).catch((error: unknown) => {
    throw toTrpcError(error);
  });
  if (principal.kind === "foreign-page") {
    throw toTrpcError(new DomainError("FORBIDDEN", FOREIGN_PAGE, { errorCode: "FOREIGN_PAGE" }));
  }
  const actor = actorOf(principal);
  if (actor) Object.assign(facts, { tenant: actor.tenantSlug, actor: actor.id });
  return {
    db: services.database.db,
    database: services.database,
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
    requestId,
    source: principal.kind === "known" && principal.by === "session" ? "ui" : "trpc",
  };
}

const actorOf = (principal: Principal): Actor | null =>
  principal.kind === "known" ? principal.actor : null;
