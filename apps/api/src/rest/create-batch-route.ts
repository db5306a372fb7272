import { z } from "@hono/zod-openapi";
import {
  type BatchCreated,
  HEADERS,
  LABEL_LENGTH_MAX,
  MAX_CONCURRENT_DEFAULT,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_DEFAULT,
  MAX_PAGES_MAX,
  TOLD_LINES_MAX,
} from "@scrapersky/api/contract";
import { ownTenant, text, wholeNumber } from "./field.ts";
import { givenFields, LINES_MAX, listOf, NO_DOMAINS } from "./given-list.ts";
import { keyed, otherRequest } from "./keyed.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { emptyListReason } from "./refusal.ts";
import { declareRoute } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";
import { doubledLines, listCut, refusedLines } from "./validate-route.ts";

const most = LINES_MAX.toLocaleString("en");
const told = TOLD_LINES_MAX.toLocaleString("en");

const BATCH_ID = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";
const ACCEPTED = "2026-11-21T09:00:00.123456+00:00";
const count = z.int();

const orNothing = <T>(lines: T[]): T[] | undefined => (lines.length > 0 ? lines : undefined);

const created = shapeOf<BatchCreated>()("BatchCreated", {
  batch_id: [z.uuid(), ({ batchId }) => batchId, BATCH_ID],
  status_url: [
    z.string(),
    ({ statusUrl }) => statusUrl,
    `/api/v3/batch_page_scraper/batch/${BATCH_ID}/status`,
  ],
  job_count: [count, ({ jobCount }) => jobCount, 1],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), ACCEPTED],
  // Told where there is something to tell: the first system's answers had the four keys above.
  duplicate_count: [count.optional(), ({ duplicates }) => duplicates || undefined, undefined],
  duplicates: [doubledLines.optional(), ({ doubled }) => orNothing(doubled), undefined],
  invalid_count: [count.optional(), ({ invalidCount }) => invalidCount || undefined, undefined],
  invalid: [refusedLines.optional(), ({ invalid }) => orNothing(invalid), undefined],
  cut: [listCut.optional(), ({ cut }) => cut, undefined],
});

export const CREATE_BATCH_ROUTE = declareRoute({
  operationId: "createBatch",
  method: "post",
  path: "/batch_page_scraper/batch",
  noun: "batches",
  summary: "Create a batch",
  description: `Of one list: domains, of which each text is read as one line and one that names no web site becomes a failed job; or text or rows of at most ${most} lines, as people have them, whose columns are kept and given back. Names are cleaned and deduplicated. The first ${told} refused and doubled lines are told, and what of the columns was cut. Send an Idempotency-Key to make a repeated call harmless.`,
  permission: "batches:create",
  takes: {
    body: {
      ...givenFields,
      label: text({ min: 0, max: LABEL_LENGTH_MAX, description: "What the batch is called" }),
      max_pages: wholeNumber({
        min: 1,
        max: MAX_PAGES_MAX,
        default: MAX_PAGES_DEFAULT,
        description: "Pages fetched of each domain at most, its home page included",
      }),
      max_concurrent: wholeNumber({
        min: 1,
        max: MAX_CONCURRENT_MAX,
        default: MAX_CONCURRENT_DEFAULT,
        description: "Domains of this batch scraped at the same time",
      }),
      tenant_id: ownTenant,
    },
    header: keyed("gives the same batch"),
  },
  tells: {
    Location: "Path of the batch's status",
    [HEADERS.idempotentReplayed]: "true when an earlier call with this key made the batch",
  },
  answer: created.schema,
  example: created.example,
  refuses: {
    400: { description: "The list of domains is empty", reason: emptyListReason(NO_DOMAINS) },
    409: otherRequest,
  },
  complains: {
    loc: ["body", "max_pages"],
    msg: `Input should be less than or equal to ${MAX_PAGES_MAX}`,
    type: "less_than_equal",
  },
  respond: async (c, { body, header }) => {
    const { api } = c.get("rest");
    const batch = await api.batches.create({
      ...listOf(body),
      column: body.column,
      linesMax: LINES_MAX,
      label: body.label,
      maxPages: body.max_pages,
      maxConcurrent: body.max_concurrent,
      idempotencyKey: header[HEADERS.idempotencyKey],
    });
    if (batch.replayed) c.header(HEADERS.idempotentReplayed, "true");
    c.header("Location", batch.statusUrl);
    return created.of(batch);
  },
});
