import { z } from "@hono/zod-openapi";
import {
  getJobRecord,
  JOB_RECORDS_OFFSET_MAX,
  listJobRecords,
  type StoredJob,
} from "@scrapersky/api";
import {
  HEADERS,
  BATCH_NAME_LENGTH_MAX,
  CURSOR_LENGTH_MAX,
  JOB_STATUSES,
} from "@scrapersky/api/contract";
import { filter, idInPath, wholeNumber } from "./field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const LIMIT_MAX = 1000;
const WORD_LENGTH_MAX = 50;

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

export const JOB_ROUTES = [
  declareRoute({
    operationId: "listJobs",
    method: "get",
    path: "/jobs",
    noun: "jobs",
    summary: "Jobs, newest first",
    permission: "jobs:read",
    takes: {
      query: {
        limit: wholeNumber({ min: 1, max: LIMIT_MAX, default: 100 }),
        offset: wholeNumber({
          min: 0,
          default: 0,
          description: `At most ${JOB_RECORDS_OFFSET_MAX.toLocaleString("en")}; go on with cursor`,
        }),
        cursor: filter({
          max: CURSOR_LENGTH_MAX,
          description: `From ${HEADERS.nextCursor} of the page before`,
        }),
        status: filter({ max: WORD_LENGTH_MAX, enum: JOB_STATUSES }),
        job_type: filter({ max: WORD_LENGTH_MAX, example: "batch_page_scraper" }),
        batch_id: filter({
          max: BATCH_NAME_LENGTH_MAX,
          description: "Its uuid, or what the first system called it",
        }),
      },
    },
    tells: { [HEADERS.nextCursor]: "Where the next page begins; absent on the last" },
    answer: z.strictObject({ data: z.array(job.schema) }),
    example: { data: [job.example] },
    complains: {
      loc: ["query", "limit"],
      msg: `Input should be less than or equal to ${LIMIT_MAX}`,
      type: "less_than_equal",
    },
    respond: async (c, { query: { job_type: jobType, batch_id: batchId, ...query } }) => {
      const { reader, actor } = c.get("rest");
      const page = await listJobRecords(reader, actor.tenantId, { ...query, jobType, batchId });
      if (page.nextCursor !== null) c.header(HEADERS.nextCursor, page.nextCursor);
      return { data: page.items.map(job.of) };
    },
  }),

  declareRoute({
    operationId: "getJob",
    method: "get",
    path: "/jobs/{job_id}",
    noun: "jobs",
    summary: "One job",
    permission: "jobs:read",
    takes: { path: { job_id: idInPath({ description: "Its uuid or its number" }) } },
    answer: z.strictObject({ data: job.schema }),
    example: { data: job.example },
    refuses: { 404: noSuch("Job") },
    respond: async (c, { path }) => {
      const { reader, actor } = c.get("rest");
      return { data: job.of(await getJobRecord(reader, actor.tenantId, path.job_id)) };
    },
  }),
];
