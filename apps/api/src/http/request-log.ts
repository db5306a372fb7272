import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { HEADERS } from "@scrapersky/api/contract";
import type { AppEnv, Services } from "./app-env.ts";
import { isUploadAborted } from "./upload-aborted.ts";

const REQUEST_ID = /^[\w-]{8,64}$/;
/** nginx's number for a client that went away: nobody gets this answer. */
const CLIENT_GONE = 499;
const QUIET = /^\/(health|metrics)(\/|$)/;

/** Gives each request an id, answers it in `X-Request-Id`, and writes one line when it is answered. */
export const requestLog = ({
  log,
  presence,
  onAnswered,
}: Pick<Services, "log" | "presence" | "onAnswered">) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const sent = c.req.header(HEADERS.requestId);
    const requestId = sent !== undefined && REQUEST_ID.test(sent) ? sent : randomUUID();
    c.set("requestId", requestId);
    c.set("facts", {});
    const start = performance.now();
    await next();
    const aborted = isUploadAborted(c);
    c.res.headers.set(HEADERS.requestId, requestId);
    if (presence.leaving) c.res.headers.set("connection", "close");
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
    const status = aborted ? CLIENT_GONE : c.res.status;
    const ms = performance.now() - start;
    const { method, path } = c.req;
    onAnswered?.({ method, pattern: routePath(c), path, status, ms });
    const level = status >= 500 ? "error" : QUIET.test(path) ? "debug" : "info";
    log[level](
      {
        requestId,
        method,
        path: path.slice(0, 300),
        status,
        ms: Math.round(ms * 10) / 10,
        ...c.get("facts"),
      },
      "request",
    );
  });
