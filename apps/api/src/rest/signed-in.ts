import { endExport, proceduresFor, renewExport } from "@scrapersky/api";
import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { actorOf, authenticate, FOREIGN_PAGE } from "../auth/principal.ts";
import { beginNoted } from "../export/begin-export.step.ts";
import type { AppEnv, Services } from "../http/app-env.ts";
import { logFault } from "../http/log-fault.ts";
import { limitCalls } from "../limit/limit-calls.ts";
import { HEADERS } from "@scrapersky/api/contract";
import { notAuthenticated, refuse } from "./answer-error.ts";

/** Lets in whoever is known, and gives the route what it works with in that person's name. */
export function createSignedIn(services: Services): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const tenant = c.req.header(HEADERS.tenantId) ?? c.req.header(HEADERS.tenant);
    const { method, headers } = c.req.raw;
    const credentials = { method, headers, tenant };
    const principal = await authenticate(services, credentials);
    await limitCalls(services, c, principal, 1);
    if (principal.kind === "missing") return notAuthenticated(c, "Not authenticated");
    if (principal.kind === "invalid") return notAuthenticated(c, "Could not validate credentials");
    if (principal.kind === "foreign-tenant") return refuse(c, 403, { message: "Forbidden" });
    if (principal.kind === "foreign-page") {
      return refuse(c, 403, { message: FOREIGN_PAGE, code: "FOREIGN_PAGE" });
    }
    const { actor } = principal;
    const { db } = services.database;
    const requestId = c.get("requestId");
    const logExport = (fault: unknown) => logFault(c, services.log, fault, { requestId });
    Object.assign(c.get("facts"), { tenant: actor.tenantSlug, actor: actor.id });
    c.set("rest", {
      actor,
      reader: services.reading,
      exporting: {
        begin: (ask) => beginNoted(db, { actor, requestId, source: "rest" }, ask),
        actorNow: () =>
          services.rights.actorNow(credentials, async () =>
            actorOf(await authenticate(services, credentials)),
          ),
        renew: (exportId) => void renewExport(db, exportId).catch(logExport),
        end: (...of) => void endExport(db, ...of).catch(logExport),
        logFault: logExport,
      },
      api: proceduresFor({
        db,
        database: services.database,
        health: services.health,
        queue: services.queue,
        watcher: services.watcher,
        actor,
        // No route of these outlives its answer.
        actorNow: () => Promise.resolve(actor),
        isForeignTenant: false,
        webUrl: services.webUrl,
        mail: services.mail,
        webhooksKey: services.webhooksKey,
        requestId,
        source: "rest",
      }),
    });
    return next();
  });
}
