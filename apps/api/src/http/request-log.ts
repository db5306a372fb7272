import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import type { Logger } from "pino";
import type { AppEnv } from "./app-env.ts";
import { HEADERS } from "@scrapersky/api/contract";

const REQUEST_ID = /^[\w-]{8,64}$/;
const QUIET = /^\/(health|metrics)(\/|$)/;

/** Gives each request an id, answers it in `X-Request-Id`, and writes one line when it is answered. */
export const requestLog = (log: Logger) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const sent = c.req.header(HEADERS.requestId);
    const requestId = sent !== undefined && REQUEST_ID.test(sent) ? sent : randomUUID();
    c.set("requestId", requestId);
    c.set("facts", {});
    const start = performance.now();
    await next();
    c.res.headers.set(HEADERS.requestId, requestId);
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
    const level = c.res.status >= 500 ? "error" : QUIET.test(c.req.path) ? "debug" : "info";
    log[level](
      {
        requestId,
        method: c.req.method,
        path: c.req.path.slice(0, 300),
        status: c.res.status,
        ms: Math.round((performance.now() - start) * 10) / 10,
        ...c.get("facts"),
      },
      "request",
    );
  });
