import { createHash } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { DOMAIN_STATUSES_MAX, FAILED_STATUSES_MAX, listBatches } from "@scrapersky/api";
import {
  HEADERS,
  BATCH_NAME_LENGTH_MAX,
  BATCH_STATUSES,
  type BatchSummary,
  type BatchDomainStatuses,
  type DomainStatus,
  isTerminalBatchStatus,
  JOB_STATUSES,
  MAX_CONCURRENT_DEFAULT,
  MAX_PAGES_DEFAULT,
} from "@scrapersky/api/contract";
import { flag, idInPath } from "./field.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";
import { CREATE_BATCH_ROUTE } from "./create-batch-route.ts";
import { VALIDATE_ROUTE } from "./validate-route.ts";

const RETRY_AFTER_SECONDS = 2;
const HEALTHY = "Batch page scraper service is healthy";

const number = (value: number) => value.toLocaleString("en");

const BATCH_ID = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";
const ACCEPTED = "2026-11-21T09:00:00.123456+00:00";
const BEGAN = "2026-11-21T09:00:01.004210+00:00";
const ENDED = "2026-11-21T09:00:07.310022+00:00";

const JOB_ID = "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21";
const SECONDS = 6.305812;

const count = z.int();
const seconds = z.number().nullable().openapi({ description: "Seconds" });

const domainStatus = shapeOf<DomainStatus>()("DomainStatus", {
  status: [z.enum(JOB_STATUSES), (domain) => domain.status, "complete"],
  job_id: [z.uuid(), (domain) => domain.jobId, JOB_ID],
  start_time: [time.nullable(), (domain) => legacyTimeOrNull(domain.startedAt), BEGAN],
  end_time: [time.nullable(), (domain) => legacyTimeOrNull(domain.endedAt), ENDED],
  processing_time: [seconds, (domain) => domain.processingSeconds, SECONDS],
  error: [z.string().nullable(), (domain) => domain.error, null],
});

const batchStatus = shapeOf<BatchDomainStatuses>()("BatchStatus", {
  batch_id: [z.uuid(), ({ batch }) => batch.batchId, BATCH_ID],
  status: [z.enum(BATCH_STATUSES), ({ batch }) => batch.status, "complete"],
  total_domains: [count, ({ batch }) => batch.total, 1],
  completed_domains: [count, ({ batch }) => batch.counts.complete, 1],
  failed_domains: [count, ({ batch }) => batch.counts.failed, 0],
  progress: [z.number().min(0).max(100), ({ batch }) => batch.progress, 100],
  created_at: [time, ({ batch }) => legacyTime(batch.createdAt), ACCEPTED],
  updated_at: [time, ({ batch }) => legacyTime(batch.updatedAt), ENDED],
  start_time: [time.nullable(), ({ batch }) => legacyTimeOrNull(batch.startedAt), BEGAN],
  end_time: [time.nullable(), ({ batch }) => legacyTimeOrNull(batch.endedAt), ENDED],
  processing_time: [seconds, ({ batch }) => batch.processingSeconds, SECONDS],
  domain_statuses: [
    z.record(z.string(), domainStatus.schema),
    ({ domains }) =>
      Object.fromEntries(
        Object.entries(domains).map(([domain, status]) => [domain, domainStatus.of(status)]),
      ),
    { "example.com": domainStatus.example },
  ],
  error: [z.string().nullable(), ({ batch }) => batch.error, null],
  metadata: [
    z.record(z.string(), z.unknown()),
    ({ truncated, batch }) => ({
      ...(truncated ? { domain_statuses_truncated: true } : {}),
      ...(batch.paused ? { paused: true } : {}),
      ...(batch.cancelling ? { cancelling: true } : {}),
    }),
    {},
  ],
});

const health = shapeOf<Date>()("Health", {
  status: [z.literal("OK"), () => "OK" as const, "OK"],
  message: [z.string(), () => HEALTHY, HEALTHY],
  timestamp: [time, (now) => legacyTime(now.toISOString()), ACCEPTED],
});

/** Weak: two answers that differ only in how long the batch has been running are the same. */
function etagOf(status: object): string {
  const stable = JSON.stringify(status, (key, value: unknown) =>
    key === "processing_time" ? undefined : value,
  );
  return `W/"${createHash("sha256").update(stable).digest("base64url").slice(0, 22)}"`;
}

const batch = shapeOf<BatchSummary>()("Batch", {
  batch_id: [z.uuid(), (item) => item.batchId, BATCH_ID],
  label: [z.string().nullable(), (item) => item.label, null],
  status: [z.enum(BATCH_STATUSES), (item) => item.status, "complete"],
  paused: [z.boolean(), (item) => item.paused, false],
  cancelling: [z.boolean(), (item) => item.cancelling, false],
  total_domains: [count, (item) => item.total, 1],
  completed_domains: [count, ({ counts }) => counts.complete, 1],
  failed_domains: [count, ({ counts }) => counts.failed, 0],
  emails: [count, (item) => item.emails, 0],
  phones: [count, (item) => item.phones, 0],
  progress: [z.number().min(0).max(100), (item) => item.progress, 100],
  max_pages: [count, (item) => item.maxPages, MAX_PAGES_DEFAULT],
  max_concurrent: [count, (item) => item.maxConcurrent, MAX_CONCURRENT_DEFAULT],
  created_at: [time, (item) => legacyTime(item.createdAt), ACCEPTED],
  updated_at: [time, (item) => legacyTime(item.updatedAt), ENDED],
  start_time: [time.nullable(), (item) => legacyTimeOrNull(item.startedAt), BEGAN],
  end_time: [time.nullable(), (item) => legacyTimeOrNull(item.endedAt), ENDED],
});

const goneBatch = z
  .strictObject({ batch_id: z.uuid(), deleted: z.literal(true) })
  .openapi("GoneBatch");

export const BATCH_ROUTES = [
  declareListRoute({
    operationId: "listBatches",
    path: "/batches",
    noun: "batches",
    summary: "Batches, newest first",
    list: listBatches,
    shape: batch,
    changes: {
      gone: goneBatch,
      read: async ({ api }, ask) => {
        const { items, cursor } = await api.batches.changed(ask);
        const data = items.map((item) =>
          item.deleted ? { batch_id: item.batchId, deleted: true } : batch.of(item.batch),
        );
        return { data, cursor };
      },
    },
  }),

  CREATE_BATCH_ROUTE,

  VALIDATE_ROUTE,

  declareRoute({
    operationId: "getBatchStatus",
    method: "get",
    path: "/batch_page_scraper/batch/{batch_id}/status",
    noun: "batches",
    summary: "Status of a batch",
    description: `Above ${number(DOMAIN_STATUSES_MAX)} domains only the running ones and ${number(FAILED_STATUSES_MAX)} of the failed are listed.`,
    permission: "batches:read",
    takes: {
      path: {
        batch_id: idInPath({
          max: BATCH_NAME_LENGTH_MAX,
          description: "Its uuid, or what the first system called it",
        }),
      },
      query: {
        domain_statuses: flag({ description: "false leaves the single domains out" }),
      },
      header: { "If-None-Match": z.string().optional() },
    },
    tells: {
      ETag: "Changes with the batch; send it back as If-None-Match",
      [HEADERS.retryAfter]: "Seconds, until the batch has ended",
    },
    answer: batchStatus.schema,
    example: batchStatus.example,
    also: { 304: "Nothing has changed since the answer with this ETag" },
    refuses: { 404: noSuch("Batch") },
    respond: async (c, { path, query, header }) => {
      const read = await c
        .get("rest")
        .api.batches.domainStatuses({ batchId: path.batch_id, domains: query.domain_statuses });
      const status = batchStatus.of(read);
      const etag = etagOf(status);
      c.header("ETag", etag);
      c.header("Cache-Control", "private, no-cache");
      if (!isTerminalBatchStatus(read.batch.status)) {
        c.header(HEADERS.retryAfter, String(RETRY_AFTER_SECONDS));
      }
      const known = (header["If-None-Match"] ?? "").split(",").map((tag) => tag.trim());
      return known.includes(etag) ? c.body(null, 304) : status;
    },
  }),

  declareRoute({
    operationId: "getHealth",
    method: "get",
    path: "/batch_page_scraper/health",
    noun: "batches",
    summary: "Whether the service answers",
    permission: null,
    answer: health.schema,
    example: health.example,
    respond: async () => health.of(new Date()),
  }),
];
