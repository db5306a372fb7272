import { OpenAPIHono, z } from "@hono/zod-openapi";
import {
  BATCH_STATUSES,
  JOB_STATUSES,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";

/** REST v3 as a document. The tests read real answers with these schemas, so it cannot drift from the routes. */

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
const json = z.record(z.string(), z.unknown());

export const profileShape = z.strictObject({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: z.string().nullable(),
  bio: z.string().nullable(),
  tenant_id: z.uuid(),
  active: z.boolean(),
  created_at: time.nullable(),
  updated_at: time.nullable(),
});

export const jobShape = z.strictObject({
  id: z.int(),
  job_id: z.uuid(),
  job_type: z.string(),
  tenant_id: z.uuid(),
  created_by: z.uuid().nullable(),
  status: z.enum(JOB_STATUSES),
  domain_id: z.uuid().nullable(),
  domain: z.string().nullable(),
  progress: z.number().min(0).max(100),
  result_data: json.nullable(),
  error: z.string().nullable(),
  job_metadata: json.nullable(),
  batch_id: z.uuid().nullable(),
  created_at: time,
  updated_at: time,
});

const batchBody = z.object({
  domains: z
    .array(z.string())
    .min(1)
    .max(10_000)
    .openapi({ example: ["example.com"] }),
  max_pages: z.int().min(1).max(MAX_PAGES_MAX).default(50),
  max_concurrent: z.int().min(1).max(MAX_CONCURRENT_MAX).default(5),
});

export const createdShape = z.strictObject({
  batch_id: z.uuid(),
  status_url: z.string(),
  job_count: z.int(),
  created_at: time,
});

export const statusShape = z.strictObject({
  batch_id: z.uuid(),
  status: z.enum(BATCH_STATUSES),
  total_domains: z.int(),
  completed_domains: z.int(),
  failed_domains: z.int(),
  progress: z.number().min(0).max(100),
  created_at: time,
  updated_at: time,
  start_time: time.nullable(),
  end_time: time.nullable(),
  processing_time: z.number().nullable().openapi({ description: "Seconds" }),
  domain_statuses: z.record(
    z.string(),
    z.strictObject({
      status: z.enum(JOB_STATUSES),
      job_id: z.uuid(),
      start_time: time.nullable(),
      end_time: time.nullable(),
      processing_time: z.number().nullable(),
      error: z.string().nullable(),
    }),
  ),
  error: z.string().nullable(),
  metadata: json,
});

const errorShape = z.object({
  error: z.literal(true),
  message: z.unknown(),
  status_code: z.int(),
  detail: z.unknown(),
  code: z.string().optional(),
  request_id: z.string(),
});

const invalidShape = z.object({
  detail: z.array(
    z.object({ loc: z.array(z.union([z.string(), z.int()])), msg: z.string(), type: z.string() }),
  ),
  error: z.literal(true),
});

const limit = (max: number) => z.int().min(1).max(max).default(100);
const offset = z.int().min(0).default(0);

interface Route {
  method: "get" | "post";
  path: string;
  summary: string;
  description: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  answer: z.ZodType;
}

const PREFIX = "/api/v3";

const ROUTES: readonly Route[] = [
  {
    method: "post",
    path: `${PREFIX}/batch_page_scraper/batch`,
    summary: "Create a batch",
    description:
      "Names are cleaned and deduplicated; lines that name no web site become failed jobs. Send an Idempotency-Key to make a repeated call harmless. Needs batches:create.",
    body: batchBody,
    answer: createdShape,
  },
  {
    method: "get",
    path: `${PREFIX}/batch_page_scraper/batch/{batch_id}/status`,
    summary: "Status of a batch",
    description:
      "Answers an ETag, and Retry-After while the batch runs. Above 2,000 domains only the running ones and 200 of the failed are listed. Needs batches:read.",
    params: z.object({ batch_id: z.uuid() }),
    query: z.object({ domain_statuses: z.boolean().default(true) }),
    answer: statusShape,
  },
  {
    method: "get",
    path: `${PREFIX}/jobs`,
    summary: "Jobs, newest first",
    description:
      "Beyond an offset of 10,000 go on with the cursor from X-Next-Cursor. Needs jobs:read.",
    query: z.object({
      limit: limit(1000),
      offset,
      cursor: z.string().optional(),
      status: z.enum(JOB_STATUSES).optional(),
      job_type: z.string().optional(),
      batch_id: z.uuid().optional(),
    }),
    answer: z.object({ data: z.array(jobShape) }),
  },
  {
    method: "get",
    path: `${PREFIX}/jobs/{job_id}`,
    summary: "One job",
    description: "By its uuid or its number. Needs jobs:read.",
    params: z.object({ job_id: z.string() }),
    answer: z.object({ data: jobShape }),
  },
  {
    method: "get",
    path: `${PREFIX}/profiles`,
    summary: "People of the tenant",
    description: "By creation time. Needs profiles:read.",
    query: z.object({ limit: limit(1000), offset }),
    answer: z.object({ data: z.array(profileShape) }),
  },
  {
    method: "get",
    path: `${PREFIX}/profiles/{profile_id}`,
    summary: "One person",
    description: "Needs profiles:read.",
    params: z.object({ profile_id: z.uuid() }),
    answer: z.object({ data: profileShape }),
  },
];

/** The document at `/api/openapi.json`. */
export function createV3Document() {
  const docs = new OpenAPIHono();
  docs.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
  });
  const refused = (description: string, schema: z.ZodType = errorShape) => ({
    description,
    content: { "application/json": { schema } },
  });
  for (const route of ROUTES) {
    docs.openAPIRegistry.registerPath({
      method: route.method,
      path: route.path,
      summary: route.summary,
      description: route.description,
      deprecated: true,
      security: [{ key: [] }],
      request: {
        ...(route.params ? { params: route.params } : {}),
        ...(route.query ? { query: route.query } : {}),
        ...(route.body
          ? { body: { content: { "application/json": { schema: route.body } } } }
          : {}),
      },
      responses: {
        200: { description: "Done", content: { "application/json": { schema: route.answer } } },
        401: refused("No key, or a wrong one"),
        403: refused("The key may not do this"),
        ...(route.params ? { 404: refused("Unknown, or of another tenant") } : {}),
        422: refused("The request is not valid", invalidShape),
        503: refused("The database is away; come back after Retry-After"),
      },
    });
  }
  return docs.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "ScraperSky REST v3",
      version: "3.0.0",
      description:
        "Kept for scripts of the first system. New programs call the typed procedures through @scrapersky/client.",
    },
    servers: [{ url: "/" }],
  });
}
