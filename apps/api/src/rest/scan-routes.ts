import { z } from "@hono/zod-openapi";
import { contactReaderOf, getStoredJob, listStoredJobs, type StoredJob } from "@scrapersky/api";
import {
  HEADERS,
  JOB_STATUSES,
  LINE_LENGTH_MAX,
  MAX_PAGES_DEFAULT,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { idInPath, ownTenant, text, wholeNumber } from "./field.ts";
import { keyed, otherRequest } from "./keyed.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const JOB_ID = "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21";
const CREATED = "2026-11-21T09:00:00.123456+00:00";
const json = z.record(z.string(), z.unknown());
const statusOf = (jobId: string): string => `/api/v3/status/${jobId}`;

const begun = shapeOf<{ jobId: string; createdAt: string }>()("ScanBegun", {
  job_id: [z.uuid(), ({ jobId }) => jobId, JOB_ID],
  status_url: [z.string(), ({ jobId }) => statusOf(jobId), statusOf(JOB_ID)],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), CREATED],
});

const status = shapeOf<StoredJob>()("ScanStatus", {
  job_id: [z.uuid(), ({ jobId }) => jobId, JOB_ID],
  status: [z.enum(JOB_STATUSES), (job) => job.status, "complete"],
  domain: [z.string().nullable(), ({ domain }) => domain, "example.com"],
  progress: [z.number().min(0).max(100), ({ progress }) => progress, 100],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), CREATED],
  updated_at: [time, ({ updatedAt }) => legacyTime(updatedAt), "2026-11-21T09:00:07.310022+00:00"],
  result: [
    json.nullable(),
    ({ resultData }) => resultData,
    {
      final_url: "https://example.com/",
      title: "Example Domain",
      pages: 1,
      contacts: 0,
      phones: 0,
      technologies: [],
      flags: [],
    },
  ],
  error: [z.string().nullable(), ({ error }) => error, null],
  metadata: [
    json.nullable(),
    ({ jobMetadata }) => jobMetadata,
    { domain: "example.com", max_pages: 50 },
  ],
});

export const SCAN_ROUTES = [
  declareRoute({
    operationId: "scan",
    method: "post",
    path: "/scan",
    noun: "jobs",
    summary: "Scan one web site",
    description: "A batch of one: for many, create a batch.",
    permission: "batches:create",
    takes: {
      body: {
        base_url: text({
          min: 1,
          max: LINE_LENGTH_MAX,
          description: "Its name, or any address of it",
          example: "https://example.com",
        }),
        max_pages: wholeNumber({
          min: 1,
          max: MAX_PAGES_MAX,
          default: MAX_PAGES_DEFAULT,
          description: "Pages fetched at most, its home page included",
        }),
        tenant_id: ownTenant,
      },
      header: keyed("gives the same job"),
    },
    tells: {
      Location: "Path of the job's status",
      [HEADERS.idempotentReplayed]: "true when an earlier call with this key began it",
    },
    answer: begun.schema,
    example: begun.example,
    refuses: { 409: otherRequest },
    complains: { loc: ["body", "base_url"], msg: "Field required", type: "missing" },
    respond: async (c, { body, header }) => {
      const { api, reader, actor } = c.get("rest");
      if (body.base_url === undefined) {
        const complaint = { loc: ["body", "base_url"], msg: "Field required", type: "missing" };
        throw new RequestProblem([complaint]);
      }
      const { batchId, createdAt, replayed } = await api.batches.create({
        domains: [body.base_url],
        maxPages: body.max_pages,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      const { items } = await listStoredJobs(reader, actor.tenantId, { batchId, limit: 1 });
      const jobId = items[0]!.jobId;
      if (replayed) c.header(HEADERS.idempotentReplayed, "true");
      c.header("Location", statusOf(jobId));
      return begun.of({ jobId, createdAt });
    },
  }),

  declareRoute({
    operationId: "getScanStatus",
    method: "get",
    path: "/status/{job_id}",
    noun: "jobs",
    summary: "How the scan of one web site stands",
    permission: "jobs:read",
    takes: { path: { job_id: idInPath({ description: "Its uuid or its number" }) } },
    answer: status.schema,
    example: status.example,
    refuses: { 404: noSuch("Job") },
    respond: async (c, { path }) => {
      const { reader, actor } = c.get("rest");
      return status.of(
        await getStoredJob(reader, actor.tenantId, path.job_id, contactReaderOf(actor)),
      );
    },
  }),
];
