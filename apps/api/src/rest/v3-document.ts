import { OpenAPIHono, z } from "@hono/zod-openapi";
import {
  BATCH_STATUSES,
  JOB_STATUSES,
  MAX_CONCURRENT_DEFAULT,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_DEFAULT,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";
import {
  createdExample,
  errorExample,
  invalidExample,
  jobExample,
  profileExample,
  statusExample,
} from "./v3-examples.ts";

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
    .array(z.string().max(2000))
    .min(1)
    .max(10_000)
    .openapi({
      description: "Names or addresses of web sites, as people write them",
      example: ["example.com"],
    }),
  max_pages: z
    .int()
    .min(1)
    .max(MAX_PAGES_MAX)
    .default(MAX_PAGES_DEFAULT)
    .openapi({ description: "Pages fetched of each domain at most, its home page included" }),
  max_concurrent: z
    .int()
    .min(1)
    .max(MAX_CONCURRENT_MAX)
    .default(MAX_CONCURRENT_DEFAULT)
    .openapi({ description: "Domains of this batch scraped at the same time" }),
  tenant_id: z.uuid().optional().openapi({ description: "None but the key's own tenant" }),
});

const idempotencyKey = z.object({
  "Idempotency-Key": z
    .string()
    .min(1)
    .max(255)
    .optional()
    .openapi({ description: "Chosen by you; the same key again gives the same batch" }),
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

export const errorShape = z.object({
  error: z.literal(true),
  message: z.unknown(),
  status_code: z.int(),
  detail: z.unknown(),
  code: z.string().optional(),
  request_id: z.string(),
});

export const invalidShape = z.object({
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
  headers?: z.ZodObject;
  body?: z.ZodObject;
  answer: z.ZodType;
  example: object;
}

const PREFIX = "/api/v3";

const ROUTES: readonly Route[] = [
  {
    method: "post",
    path: `${PREFIX}/batch_page_scraper/batch`,
    summary: "Create a batch",
    description:
      "Names are cleaned and deduplicated; lines that name no web site become failed jobs. Send an Idempotency-Key to make a repeated call harmless. Needs batches:create.",
    headers: idempotencyKey,
    body: batchBody,
    answer: createdShape,
    example: createdExample,
  },
  {
    method: "get",
    path: `${PREFIX}/batch_page_scraper/batch/{batch_id}/status`,
    summary: "Status of a batch",
    description:
      "Answers an ETag, and Retry-After while the batch runs. Above 2,000 domains only the running ones and 200 of the failed are listed. Needs batches:read.",
    params: z.object({ batch_id: z.uuid() }),
    query: z.object({
      domain_statuses: z
        .boolean()
        .default(true)
        .openapi({ description: "false leaves the single domains out" }),
    }),
    answer: statusShape,
    example: statusExample,
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
    example: { data: [jobExample] },
  },
  {
    method: "get",
    path: `${PREFIX}/jobs/{job_id}`,
    summary: "One job",
    description: "By its uuid or its number. Needs jobs:read.",
    params: z.object({ job_id: z.string() }),
    answer: z.object({ data: jobShape }),
    example: { data: jobExample },
  },
  {
    method: "get",
    path: `${PREFIX}/profiles`,
    summary: "People of the tenant",
    description: "By creation time. Needs profiles:read.",
    query: z.object({ limit: limit(1000), offset }),
    answer: z.object({ data: z.array(profileShape) }),
    example: { data: [profileExample] },
  },
  {
    method: "get",
    path: `${PREFIX}/profiles/{profile_id}`,
    summary: "One person",
    description: "Needs profiles:read.",
    params: z.object({ profile_id: z.uuid() }),
    answer: z.object({ data: profileShape }),
    example: { data: profileExample },
  },
];

/** The document at `/api/openapi.json`. */
export function createV3Document() {
  const docs = new OpenAPIHono();
  docs.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description:
      "An API key, or the token of a user of the Supabase project that this server accepts tokens of.",
  });
  const refused = (description: string) => ({
    description,
    content: { "application/json": { schema: errorShape, example: errorExample } },
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
        ...(route.headers ? { headers: route.headers } : {}),
        ...(route.body
          ? { body: { content: { "application/json": { schema: route.body } } } }
          : {}),
      },
      responses: {
        200: {
          description: "Done",
          content: { "application/json": { schema: route.answer, example: route.example } },
        },
        ...(route.body ? { 400: refused("The list of domains is empty") } : {}),
        401: refused("No key, or a wrong one"),
        403: refused(
          route.body
            ? "The key may not do this or is of another tenant, or a session cookie came from a foreign page"
            : "The key may not do this, or is of another tenant",
        ),
        ...(route.params ? { 404: refused("Unknown, or of another tenant") } : {}),
        ...(route.body
          ? {
              409: refused("This Idempotency-Key was sent with another body before"),
              413: refused("The body is larger than 5 MB"),
            }
          : {}),
        422: {
          description: "A field is missing or beyond its limits; each complaint names its place",
          content: { "application/json": { schema: invalidShape, example: invalidExample } },
        },
        500: refused("A fault of ours; tell whoever runs the server the request_id"),
        503: refused("The database is away or busy; come back after Retry-After"),
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
