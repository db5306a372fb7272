import { z } from "@hono/zod-openapi";
import {
  type BatchCreated,
  type GivenRow,
  HEADERS,
  IDEMPOTENCY_KEY_LENGTH_MAX,
  LABEL_LENGTH_MAX,
  LINE_LENGTH_MAX,
  MAX_CONCURRENT_DEFAULT,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_DEFAULT,
  MAX_PAGES_MAX,
  TOLD_LINES_MAX,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { ownTenant, text, wholeNumber } from "./field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { listRows, listText, position, textsOrNone } from "./list-field.ts";
import { emptyListReason } from "./refusal.ts";
import { declareRoute } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";
import { doubledLines, listCut, refusedLines } from "./validate-route.ts";

const LINES_MAX = 10_000;
const NO_DOMAINS = "domains list is required";
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

interface Lists {
  domains: string[] | undefined;
  text: string | undefined;
  rows: GivenRow[] | undefined;
}

/** @throws RequestProblem unless exactly one is given */
function listOf({ domains, text: written, rows }: Lists) {
  const problem = (msg: string, type: string) =>
    new RequestProblem([{ loc: ["body", "domains"], msg, type }]);
  if ([domains, written, rows].filter((one) => one !== undefined).length > 1)
    throw problem("Give either domains, text or rows", "value_error");
  if (domains) return { domains };
  if (rows) return { rows };
  if (written === undefined) throw problem("Field required", "missing");
  return { text: written };
}

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
      domains: textsOrNone({
        max: LINES_MAX,
        lengthMax: LINE_LENGTH_MAX,
        whenEmpty: NO_DOMAINS,
        description: "Names or addresses of web sites, as people write them",
        example: ["example.com"],
      }),
      text: listText({ description: "Instead of domains: lines, CSV with any delimiter, JSON" }),
      rows: listRows({ description: "Instead of domains: lines, or a list of cells for each" }),
      column: position({
        description:
          "Of text or rows, the column that names are read from, counted from 0; found by itself if left out",
      }),
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
    header: {
      [HEADERS.idempotencyKey]: text({
        min: 1,
        max: IDEMPOTENCY_KEY_LENGTH_MAX,
        description: "Chosen by you; the same key again gives the same batch",
      }),
    },
  },
  tells: {
    Location: "Path of the batch's status",
    [HEADERS.idempotentReplayed]: "true when an earlier call with this key made the batch",
  },
  answer: created.schema,
  example: created.example,
  refuses: {
    400: { description: "The list of domains is empty", reason: emptyListReason(NO_DOMAINS) },
    409: {
      description: "This Idempotency-Key was sent with another body before",
      reason: {
        message: "This idempotency key was used for another request.",
        code: "IDEMPOTENCY_MISMATCH",
      },
    },
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
