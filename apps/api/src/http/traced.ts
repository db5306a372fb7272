import { inSpan } from "@scrapersky/db/observe";
import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import type { AppEnv } from "./app-env.ts";

const ASKED_ALL_THE_TIME = /^\/(health|metrics)(\/|$)/;

/** Each request is a span until its answer begins, of the trace that its `traceparent` names. No address, no query, no tenant. */
export const traced = createMiddleware<AppEnv>((c, next) => {
  const { method, path } = c.req;
  if (ASKED_ALL_THE_TIME.test(path)) return next();
  const attributes = {
    "http.request.method": method,
    "scrapersky.request_id": c.get("requestId"),
  };
  const parent = c.req.header("traceparent");
  return inSpan(method, { kind: "entry", parent, attributes }, async (span) => {
    await next();
    const route = routePath(c, -1);
    const { status } = c.res;
    span.rename(`${method} ${route}`);
    span.note({ "http.route": route, "http.response.status_code": status });
    if (status >= 500) span.fail(String(status));
  });
});
