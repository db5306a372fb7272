import { createHash } from "node:crypto";
import { proceduresFor } from "@scrapersky/api";
import {
  isTerminalBatchStatus,
  JOB_RECORDS_LIMIT_MAX,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { authenticate, FOREIGN_PAGE } from "../auth/principal.ts";
import type { AppEnv, Services } from "../http/app-env.ts";
import { logFault } from "../http/log-fault.ts";
import { answerError, legacyError, notAuthenticated } from "./legacy-error.ts";
import { legacyTime, toLegacyBatch, toLegacyJob, toLegacyProfile } from "./legacy-shape.ts";
import { readJsonObject, RequestReader } from "./read-request.ts";

const DOMAINS_MAX = 10_000;
const DOMAIN_LENGTH_MAX = 2000;
const PROFILES_LIMIT_MAX = 1000;
const ID_LENGTH_MAX = 255;
const RETRY_AFTER_SECONDS = 2;
/** 1 November 2026, when the procedures succeeded these routes. */
const DEPRECATED_SINCE = "@1793491200";

/**
 * The routes of the first system, for the scripts that call them. Each translates names and calls a
 * procedure; rights, rules and transactions are the procedure's.
 */
export function createV3Routes(services: Services): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use("*", async (c, next) => {
    await next();
    c.res.headers.set("Deprecation", DEPRECATED_SINCE);
    c.res.headers.append("Link", '</api/docs>; rel="successor-version"');
  });
  routes.onError((error, c) => {
    const answer = answerError(c, error);
    if (answer.status >= 500) logFault(services.log, error, { requestId: c.get("requestId") });
    return answer;
  });
  routes.notFound((c) => legacyError(c, 404, { message: "Not Found" }));

  routes.get("/batch_page_scraper/health", (c) =>
    c.json({
      status: "OK",
      message: "Batch page scraper service is healthy",
      timestamp: legacyTime(new Date().toISOString()),
    }),
  );

  const signedIn = createSignedIn(services);
  routes.get("/profiles", signedIn, listProfiles);
  routes.get("/profiles/:id", signedIn, async (c) =>
    c.json({
      data: toLegacyProfile(await c.get("rest").api.profiles.byId({ profileId: idOf(c) })),
    }),
  );
  routes.get("/jobs", signedIn, listJobs);
  routes.get("/jobs/:id", signedIn, async (c) =>
    c.json({
      data: toLegacyJob(await c.get("rest").api.jobs.record({ jobId: idOf(c) })),
    }),
  );
  routes.post("/batch_page_scraper/batch", signedIn, createBatch);
  routes.get("/batch_page_scraper/batch/:id/status", signedIn, getBatchStatus);

  for (const [path, allow] of Object.entries(METHODS)) {
    routes.all(path, (c) => {
      c.header("Allow", allow);
      return legacyError(c, 405, { message: "Method Not Allowed" });
    });
  }
  return routes;
}

const METHODS: Record<string, string> = {
  "/batch_page_scraper/health": "GET",
  "/profiles": "GET",
  "/profiles/:id": "GET",
  "/jobs": "GET",
  "/jobs/:id": "GET",
  "/batch_page_scraper/batch": "POST",
  "/batch_page_scraper/batch/:id/status": "GET",
};

/** The id of the path. One that is too long for the procedures is cut: no id is as long as what is left. */
const idOf = (c: Context<AppEnv>): string => (c.req.param("id") ?? "").slice(0, ID_LENGTH_MAX);

function createSignedIn(services: Services): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const tenant = c.req.header("x-tenant-id") ?? c.req.header("x-tenant");
    const { method, headers } = c.req.raw;
    const principal = await authenticate(services, { method, headers, tenant });
    if (principal.kind === "missing") return notAuthenticated(c, "Not authenticated");
    if (principal.kind === "invalid") return notAuthenticated(c, "Could not validate credentials");
    if (principal.kind === "foreign-tenant") return legacyError(c, 403, { message: "Forbidden" });
    if (principal.kind === "foreign-page") {
      return legacyError(c, 403, { message: FOREIGN_PAGE, code: "FOREIGN_PAGE" });
    }
    const { actor } = principal;
    Object.assign(c.get("facts"), { tenant: actor.tenantSlug, actor: actor.id });
    c.set("rest", {
      tenantId: actor.tenantId,
      api: proceduresFor({
        db: services.database.db,
        database: services.database,
        queue: services.queue,
        watcher: services.watcher,
        actor,
        // No route of these outlives its answer.
        actorNow: () => Promise.resolve(actor),
        isForeignTenant: false,
        requestId: c.get("requestId"),
        source: "rest",
      }),
    });
    return next();
  });
}

async function listProfiles(c: Context<AppEnv>): Promise<Response> {
  const read = new RequestReader();
  const limit = read.integer(c.req.query("limit"), ["query", "limit"], {
    min: 1,
    max: PROFILES_LIMIT_MAX,
  });
  const offset = read.integer(c.req.query("offset"), ["query", "offset"], {
    min: 0,
    max: 1_000_000,
  });
  read.check();
  const profiles = await c.get("rest").api.profiles.records({ limit, offset });
  return c.json({ data: profiles.map(toLegacyProfile) });
}

async function listJobs(c: Context<AppEnv>): Promise<Response> {
  const read = new RequestReader();
  const limit = read.integer(c.req.query("limit"), ["query", "limit"], {
    min: 1,
    max: JOB_RECORDS_LIMIT_MAX,
  });
  const offset = read.integer(c.req.query("offset"), ["query", "offset"], {
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  });
  read.check();
  const page = await c.get("rest").api.jobs.records({
    limit,
    offset,
    cursor: c.req.query("cursor"),
    status: c.req.query("status"),
    jobType: c.req.query("job_type"),
    batchId: c.req.query("batch_id"),
  });
  if (page.nextCursor !== null) c.header("X-Next-Cursor", page.nextCursor);
  return c.json({ data: page.items.map(toLegacyJob) });
}

async function createBatch(c: Context<AppEnv>): Promise<Response> {
  const body = await readJsonObject(c);
  if (Array.isArray(body["domains"]) && body["domains"].length === 0) {
    const message = { message: "Missing required parameter", error: "domains list is required" };
    return legacyError(c, 400, { message, detail: "domains list is required" });
  }
  const read = new RequestReader();
  const domains = read.strings(
    body["domains"],
    ["body", "domains"],
    DOMAINS_MAX,
    DOMAIN_LENGTH_MAX,
  );
  const maxPages = read.integer(body["max_pages"], ["body", "max_pages"], {
    min: 1,
    max: MAX_PAGES_MAX,
  });
  const maxConcurrent = read.integer(body["max_concurrent"], ["body", "max_concurrent"], {
    min: 1,
    max: MAX_CONCURRENT_MAX,
  });
  const idempotencyKey = c.req.header("idempotency-key");
  if (idempotencyKey !== undefined && (idempotencyKey === "" || idempotencyKey.length > 255)) {
    read.complain(
      ["header", "Idempotency-Key"],
      "String should have 1 to 255 characters",
      "string_length",
    );
  }
  read.check();
  const tenantId = body["tenant_id"];
  if (
    typeof tenantId === "string" &&
    tenantId !== "" &&
    tenantId.toLowerCase() !== c.get("rest").tenantId
  ) {
    return legacyError(c, 403, { message: "Forbidden" });
  }
  const created = await c
    .get("rest")
    .api.batches.create({ domains, maxPages, maxConcurrent, idempotencyKey });
  if (created.replayed) c.header("Idempotent-Replayed", "true");
  c.header("Location", created.statusUrl);
  return c.json({
    batch_id: created.batchId,
    status_url: created.statusUrl,
    job_count: created.jobCount,
    created_at: legacyTime(created.createdAt),
  });
}

async function getBatchStatus(c: Context<AppEnv>): Promise<Response> {
  const input = { batchId: idOf(c) };
  const isShort = /^(?:false|0|no)$/i.test(c.req.query("domain_statuses") ?? "");
  const { batch, domains, truncated } = isShort
    ? { batch: await c.get("rest").api.batches.status(input), domains: {}, truncated: false }
    : await c.get("rest").api.batches.domainStatuses(input);
  const body = toLegacyBatch(batch, domains, truncated ? { domain_statuses_truncated: true } : {});
  const etag = etagOf(body);
  c.header("ETag", etag);
  c.header("Cache-Control", "private, no-cache");
  if (!isTerminalBatchStatus(batch.status)) c.header("Retry-After", String(RETRY_AFTER_SECONDS));
  const known = (c.req.header("if-none-match") ?? "").split(",").map((tag) => tag.trim());
  if (known.includes(etag)) return c.body(null, 304);
  return c.json(body);
}

/** Weak: two answers that differ only in how long the batch has been running are the same. */
function etagOf(body: object): string {
  const stable = JSON.stringify(body, (key, value: unknown) =>
    key === "processing_time" ? undefined : value,
  );
  return `W/"${createHash("sha256").update(stable).digest("base64url").slice(0, 22)}"`;
}
