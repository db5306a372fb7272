import { z } from "@hono/zod-openapi";
import {
  contactReaderOf,
  getStoredJob,
  listStoredJobs,
  readStoredJobs,
  type StoredJob,
} from "@scrapersky/api";
import { JOB_STATUSES, MAX_CONCURRENT_MAX, MAX_PAGES_MAX } from "@scrapersky/api/contract";
import { idInPath, wholeNumberOrNone } from "./field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const json = z.record(z.string(), z.unknown());

const job = shapeOf<StoredJob>()("Job", {
  id: [z.int(), (stored) => stored.id, 42],
  job_id: [z.uuid(), (stored) => stored.jobId, "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21"],
  job_type: [z.string(), (stored) => stored.jobType, "batch_page_scraper"],
  tenant_id: [z.uuid(), (stored) => stored.tenantId, "550e8400-e29b-41d4-a716-446655440000"],
  created_by: [
    z.uuid().nullable(),
    (stored) => stored.createdBy,
    "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31",
  ],
  status: [z.enum(JOB_STATUSES), (stored) => stored.status, "complete"],
  domain_id: [
    z.uuid().nullable(),
    (stored) => stored.domainId,
    "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41",
  ],
  domain: [z.string().nullable(), (stored) => stored.domain, "example.com"],
  progress: [z.number().min(0).max(100), (stored) => stored.progress, 100],
  result_data: [
    json.nullable(),
    (stored) => stored.resultData,
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
  error: [z.string().nullable(), (stored) => stored.error, null],
  job_metadata: [
    json.nullable(),
    (stored) => stored.jobMetadata,
    { domain: "example.com", max_pages: 50 },
  ],
  batch_id: [
    z.uuid().nullable(),
    (stored) => stored.batchId,
    "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11",
  ],
  created_at: [time, (stored) => legacyTime(stored.createdAt), "2026-11-21T09:00:00.123456+00:00"],
  updated_at: [time, (stored) => legacyTime(stored.updatedAt), "2026-11-21T09:00:07.310022+00:00"],
});

const goneJob = z.strictObject({ job_id: z.uuid(), deleted: z.literal(true) }).openapi("GoneJob");

const jobPath = { job_id: idInPath({ description: "Its uuid or its number" }) };
const oneJob = z.strictObject({ data: job.schema });

/** What a job tells while it has nothing to tell yet. */
const waiting: typeof job.example = {
  ...job.example,
  status: "pending",
  progress: 0,
  result_data: null,
};

export const JOB_ROUTES = [
  declareListRoute({
    operationId: "listJobs",
    path: "/jobs",
    noun: "jobs",
    summary: "Jobs, newest first",
    list: listStoredJobs,
    shape: job,
    words: {
      jobType: { example: "batch_page_scraper" },
      batchId: { description: "Its uuid, or what the first system called it" },
    },
    changes: {
      gone: goneJob,
      // Those of batches: nobody tells what other programs do to theirs.
      read: async ({ api, reader, actor }, ask) => {
        const { items, cursor } = await api.jobs.changed(ask);
        const there = items.flatMap(({ deleted, jobId }) => (deleted ? [] : [jobId]));
        const rights = contactReaderOf(actor);
        const stored = await readStoredJobs(reader, actor.tenantId, there, rights);
        const data = items.map(({ jobId }) => {
          const row = stored.get(jobId);
          return row ? job.of(row) : { job_id: jobId, deleted: true };
        });
        return { data, cursor };
      },
    },
  }),

  declareRoute({
    operationId: "getJob",
    method: "get",
    path: "/jobs/{job_id}",
    noun: "jobs",
    summary: "One job",
    permission: "jobs:read",
    takes: { path: jobPath },
    answer: oneJob,
    example: { data: job.example },
    refuses: { 404: noSuch("Job") },
    respond: async (c, { path }) => {
      const { reader, actor } = c.get("rest");
      return {
        data: job.of(
          await getStoredJob(reader, actor.tenantId, path.job_id, contactReaderOf(actor)),
        ),
      };
    },
  }),

  declareRoute({
    operationId: "retryJob",
    method: "post",
    path: "/jobs/{job_id}/retry",
    noun: "jobs",
    summary: "Run a job again",
    description:
      "For a job that failed or was cancelled: it waits again, with as many tries as a new one. A batch that was over is running again.",
    permission: "jobs:retry",
    alsoNeeds: ["jobs:read"],
    takes: {
      path: jobPath,
      body: {
        max_pages: wholeNumberOrNone({
          min: 1,
          max: MAX_PAGES_MAX,
          description: "Pages fetched of its domain at most; left out: as many as before",
        }),
        max_concurrent: wholeNumberOrNone({
          min: 1,
          max: MAX_CONCURRENT_MAX,
          description:
            "Domains of its batch scraped at the same time, from now on; left out: as many as before",
        }),
      },
    },
    answer: oneJob,
    example: { data: { ...waiting, domain_id: null } },
    refuses: {
      404: noSuch("Job"),
      409: {
        description: "It is in another state, names no web site, or its batch was cancelled",
        reason: {
          message: "Only a job that failed or was cancelled can run again.",
          code: "JOB_CANNOT_RUN_AGAIN",
        },
      },
    },
    complains: {
      loc: ["body", "max_pages"],
      msg: `Input should be less than or equal to ${MAX_PAGES_MAX}`,
      type: "less_than_equal",
    },
    respond: async (c, { path, body }) => {
      const { api, reader, actor } = c.get("rest");
      const rights = contactReaderOf(actor);
      const { jobId } = await getStoredJob(reader, actor.tenantId, path.job_id, rights);
      const overrides = { maxPages: body.max_pages, maxConcurrent: body.max_concurrent };
      await api.jobs.retry({ jobId, overrides });
      return { data: job.of(await getStoredJob(reader, actor.tenantId, jobId, rights)) };
    },
  }),

  declareRoute({
    operationId: "cancelJob",
    method: "post",
    path: "/jobs/{job_id}/cancel",
    noun: "jobs",
    summary: "Cancel a job",
    description:
      "A job that waits never runs; of one that runs no request is sent after two seconds, and nothing is stored. One that is over is answered as it is.",
    permission: "jobs:cancel",
    alsoNeeds: ["jobs:read"],
    takes: { path: jobPath },
    answer: oneJob,
    example: { data: { ...waiting, domain_id: null, status: "cancelled" } },
    refuses: { 404: noSuch("Job") },
    respond: async (c, { path }) => {
      const { api, reader, actor } = c.get("rest");
      const rights = contactReaderOf(actor);
      const { jobId } = await getStoredJob(reader, actor.tenantId, path.job_id, rights);
      await api.jobs.cancel({ jobId });
      return { data: job.of(await getStoredJob(reader, actor.tenantId, jobId, rights)) };
    },
  }),
];
