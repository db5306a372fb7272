import { z } from "@hono/zod-openapi";
import {
  BATCH_STATUSES,
  type BatchRetried,
  ERROR_CODE_LENGTH_MAX,
  ERROR_CODES_MAX,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";
import { BATCH_ID, batchPath, stood } from "./batch-standing.ts";
import { wholeNumberOrNone } from "./field.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const retried = shapeOf<BatchRetried>()("BatchRetried", {
  batch_id: [z.uuid(), ({ batch }) => batch.batchId, BATCH_ID],
  retried_count: [z.int(), (answer) => answer.retried, 1],
  status: [z.enum(BATCH_STATUSES), ({ batch }) => batch.status, "running"],
});

const ended = {
  description: "The batch has ended",
  reason: {
    message: "This batch has ended: nothing of it runs any more.",
    code: "BATCH_ENDED",
  },
};

export const BATCH_ACT_ROUTES = [
  declareRoute({
    operationId: "cancelBatch",
    method: "post",
    path: "/batch_page_scraper/batch/{batch_id}/cancel",
    noun: "batches",
    summary: "Cancel a batch",
    description:
      "What has not ended is cancelled: no request is sent after two seconds, and nothing is stored. What was found stays. A large one is `cancelling` for some seconds before its status is cancelled. One that is over is answered as it is.",
    permission: "batches:cancel",
    takes: { path: batchPath },
    answer: stood.schema,
    example: { ...stood.example, status: "cancelled" },
    refuses: { 404: noSuch("Batch") },
    respond: async (c, { path }) =>
      stood.of(await c.get("rest").api.batches.cancel({ batchId: path.batch_id })),
  }),

  declareRoute({
    operationId: "pauseBatch",
    method: "post",
    path: "/batch_page_scraper/batch/{batch_id}/pause",
    noun: "batches",
    summary: "Pause a batch",
    description:
      "Nothing of it begins until it is resumed. Visits that run are broken off and made again later: no request of theirs is sent after two seconds, and nothing is stored. Its status stays pending or running.",
    permission: "batches:cancel",
    takes: { path: batchPath },
    answer: stood.schema,
    example: { ...stood.example, paused: true },
    refuses: { 404: noSuch("Batch"), 409: ended },
    respond: async (c, { path }) =>
      stood.of(await c.get("rest").api.batches.pause({ batchId: path.batch_id })),
  }),

  declareRoute({
    operationId: "resumeBatch",
    method: "post",
    path: "/batch_page_scraper/batch/{batch_id}/resume",
    noun: "batches",
    summary: "Go on with a paused batch",
    description: "One that is not paused is answered as it is.",
    permission: "batches:cancel",
    takes: { path: batchPath },
    answer: stood.schema,
    example: stood.example,
    refuses: { 404: noSuch("Batch"), 409: ended },
    respond: async (c, { path }) =>
      stood.of(await c.get("rest").api.batches.resume({ batchId: path.batch_id })),
  }),

  declareRoute({
    operationId: "retryFailedJobs",
    method: "post",
    path: "/batch_page_scraper/batch/{batch_id}/retry",
    noun: "batches",
    summary: "Run the failed jobs of a batch again",
    description:
      "All of them, or those of some reasons, each with as many tries as a new one. A batch that was over is running again. Lines that name no web site stay failed.",
    permission: "jobs:retry",
    takes: {
      path: batchPath,
      body: {
        error_codes: z
          .array(z.string().min(1).max(ERROR_CODE_LENGTH_MAX))
          .min(1)
          .max(ERROR_CODES_MAX)
          .optional()
          .openapi({ description: "Reasons of failures; all when left out", example: ["timeout"] }),
        max_pages: wholeNumberOrNone({
          min: 1,
          max: MAX_PAGES_MAX,
          description: "Pages fetched of each domain at most; left out: as many as before",
        }),
        max_concurrent: wholeNumberOrNone({
          min: 1,
          max: MAX_CONCURRENT_MAX,
          description: "Domains of the batch scraped at the same time; left out: as many as before",
        }),
      },
    },
    answer: retried.schema,
    example: retried.example,
    refuses: {
      404: noSuch("Batch"),
      409: {
        description: "The batch was cancelled",
        reason: {
          message:
            "The batch was cancelled, so nothing of it runs again. Make a new batch of its list.",
          code: "BATCH_CANCELLED",
        },
      },
    },
    complains: {
      loc: ["body", "max_pages"],
      msg: `Input should be less than or equal to ${MAX_PAGES_MAX}`,
      type: "less_than_equal",
    },
    respond: async (c, { path, body }) =>
      retried.of(
        await c.get("rest").api.batches.retryFailed({
          batchId: path.batch_id,
          errorCodes: body.error_codes,
          overrides: { maxPages: body.max_pages, maxConcurrent: body.max_concurrent },
        }),
      ),
  }),
];
