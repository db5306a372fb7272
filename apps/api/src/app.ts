import { describeError } from "@scrapersky/api";
import { HEADERS } from "@scrapersky/api/contract";
import { type Context, Hono } from "hono";
import { createAuthRoutes } from "./auth/auth-routes.ts";
import type { AppEnv, Services } from "./http/app-env.ts";
import { bodyLimit } from "./http/body-limit.ts";
import { addressed } from "./http/client-address.ts";
import { createHealthRoutes } from "./http/health-routes.ts";
import { retryAfterOf } from "./http/headers.ts";
import {
  BODY_BYTES_MAX,
  BODY_TOO_LARGE,
  BRINGS_LIST,
  LIST_BYTES_MAX,
  LIST_TOO_LARGE,
} from "./http/limits.ts";
import { crossOrigin } from "./http/cross-origin.ts";
import { packed } from "./http/packed.ts";
import { safeHeaders } from "./http/safe-headers.ts";
import { logFault } from "./http/log-fault.ts";
import { requestLog } from "./http/request-log.ts";
import { tagged } from "./http/tagged.ts";
import { traced } from "./http/traced.ts";
import { createTrpcRoutes, refuseTrpcBody } from "./http/trpc-routes.ts";
import { tellLimits } from "./limit/limit-calls.ts";
import { refuse } from "./rest/answer-error.ts";
import { createDocsRoutes } from "./rest/docs-routes.ts";
import { createV3Routes, V3_PREFIX } from "./rest/v3-routes.ts";

const answer = (
  c: Context<AppEnv>,
  status: 404 | 413 | 429 | 500 | 503,
  message: string,
): Response => refuse(c, status, { message });

/** All HTTP of the product but its pages. */
export function createApp(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use("*", requestLog(services));
  if (services.isTraced) app.use("*", traced);
  app.use("*", addressed(services.isTrusted));
  app.use("*", safeHeaders(services.webUrl));
  app.use("/api/*", packed);
  for (const path of ["/api/trpc/*", "/api/v3/*"])
    app.use(path, crossOrigin(services.auth.origins));
  app.use("/api/*", tellLimits);
  // What a request asks of the database before a procedure begins is who sent it.
  app.use("/api/*", tagged("authenticate"));
  app.use("/api/auth/*", tagged("auth"));
  app.use("/health/*", tagged("health"));

  const refuseTrpc = refuseTrpcBody(services, BODY_TOO_LARGE);
  const limit = bodyLimit(BODY_BYTES_MAX, (c) =>
    c.req.path.startsWith("/api/trpc/") ? refuseTrpc(c) : answer(c, 413, BODY_TOO_LARGE),
  );
  const listLimit = bodyLimit(LIST_BYTES_MAX, refuseTrpcBody(services, LIST_TOO_LARGE));
  app.use("*", (c, next) => (BRINGS_LIST.test(c.req.path) ? listLimit : limit)(c, next));
  app.onError((error, c) => {
    const { httpStatus, message, details } = describeError(error);
    if (httpStatus >= 500) logFault(c, services.log, error, { requestId: c.get("requestId") });
    if (details.retryAfterMs !== undefined) {
      c.header(HEADERS.retryAfter, retryAfterOf(details.retryAfterMs));
    }
    return answer(c, httpStatus === 503 || httpStatus === 429 ? httpStatus : 500, message);
  });
  app.notFound((c) => answer(c, 404, "Not Found"));

  app.get("/metrics", async (c) => {
    const { status, contentType, body } = await services.metrics(c.req.header("authorization"));
    return c.body(body, status, { "content-type": contentType });
  });
  app.route("/health", createHealthRoutes(services));
  app.route("/api", createDocsRoutes(services));
  app.route("/api/auth", createAuthRoutes(services));
  app.route("/api/trpc", createTrpcRoutes(services));
  // The first system served its routes under a doubled prefix, and scripts were written to that.
  app.route(V3_PREFIX + V3_PREFIX, createV3Routes(services));
  app.route(V3_PREFIX, createV3Routes(services));
  return app;
}
