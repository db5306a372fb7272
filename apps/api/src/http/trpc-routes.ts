import { trpcServer } from "@hono/trpc-server";
import { type Actor, appRouter, type Context, DomainError, toTrpcError } from "@scrapersky/api";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { Hono } from "hono";
import { authenticate, type Principal } from "../auth/principal.ts";
import type { AppEnv, Services } from "./app-env.ts";
import { logFault } from "./log-fault.ts";

const BATCH_ITEMS_MAX = 20;

/** Procedures at `/api/trpc`: batches of calls, streams of answers, subscriptions as event streams. */
export function createTrpcRoutes(services: Services): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use(
    "/*",
    trpcServer({
      endpoint: "/api/trpc",
      router: appRouter,
      maxBatchSize: BATCH_ITEMS_MAX,
      createContext: async ({ req, info }, c) => ({
        ...(await createContext(
          services,
          req,
          info.connectionParams ?? undefined,
          c.get("requestId"),
          c.get("facts"),
        )),
      }),
      onError: ({ error, path, ctx }) => {
        if (getHTTPStatusCodeFromError(error) < 500 || error.cause instanceof DomainError) return;
        logFault(services.log, error, {
          requestId: (ctx as Context | undefined)?.requestId,
          procedure: path,
        });
      },
    }),
  );
  return routes;
}

/** An event stream cannot send headers: its tenant and key come as connection parameters. */
async function createContext(
  services: Services,
  request: Request,
  connection: Partial<Record<string, string>> | undefined,
  requestId: string,
  facts: AppEnv["Variables"]["facts"],
): Promise<Context> {
  const headers = new Headers(request.headers);
  if (connection?.["authorization"] && !headers.has("authorization")) {
    headers.set("authorization", connection["authorization"]);
  }
  const tenant =
    headers.get("x-tenant") ?? headers.get("x-tenant-id") ?? connection?.["tenant"] ?? undefined;
  const principal = await authenticate(services, { headers, tenant }).catch((error: unknown) => {
    throw toTrpcError(error);
  });
  const actor = actorOf(principal);
  if (actor) Object.assign(facts, { tenant: actor.tenantSlug, actor: actor.profileId });
  return {
    db: services.database.db,
    database: services.database,
    queue: services.queue,
    watcher: services.watcher,
    actor,
    actorNow: async () => actorOf(await authenticate(services, { headers, tenant })),
    isForeignTenant: principal.kind === "foreign-tenant",
    requestId,
    source: principal.kind === "known" && principal.by === "session" ? "ui" : "trpc",
  };
}

const actorOf = (principal: Principal): Actor | null =>
  principal.kind === "known" ? principal.actor : null;
