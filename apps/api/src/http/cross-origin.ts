import { HEADERS } from "@scrapersky/api/contract";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";

const PREFLIGHT_SECONDS = 600;

const allow = cors({
  // Any page may ask with a key of its own. No credentials: a browser that sends a cookie along lets no page read the answer.
  origin: "*",
  allowMethods: ["GET", "HEAD", "POST", "PUT", "DELETE"],
  allowHeaders: [
    "Authorization",
    "Content-Type",
    "If-None-Match",
    "Last-Event-ID",
    "trpc-accept",
    HEADERS.tenant,
    HEADERS.tenantId,
    HEADERS.idempotencyKey,
    HEADERS.requestId,
  ],
  exposeHeaders: [
    "ETag",
    "Location",
    "Content-Disposition",
    "Deprecation",
    "Link",
    HEADERS.requestId,
    HEADERS.retryAfter,
    HEADERS.rateLimit,
    HEADERS.rateLimitPolicy,
    HEADERS.idempotentReplayed,
    HEADERS.nextCursor,
    HEADERS.exportId,
  ],
  maxAge: PREFLIGHT_SECONDS,
});

/** Lets pages of other origins ask with an API key; the dashboard's own need no leave. */
export const crossOrigin = (ownOrigins: readonly string[]) =>
  createMiddleware<AppEnv>((c, next) => {
    const origin = c.req.header("origin");
    return origin === undefined || ownOrigins.includes(origin) ? next() : allow(c, next);
  });
