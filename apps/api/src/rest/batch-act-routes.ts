import { z } from "@hono/zod-openapi";
import {
  BATCH_NAME_LENGTH_MAX,
  BATCH_STATUSES,
  type BatchRetried,
  ERROR_CODE_LENGTH_MAX,
  ERROR_CODES_MAX,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";
import { idInPath, wholeNumberOrNone } from "./field.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const retried = shapeOf<BatchRetried>()("BatchRetried", {
  batch_id: [z.uuid(), ({ batch }) => batch.batchId, "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11"],
  retried_count: [z.int(), (answer) => answer.retried, 1],
  status: [z.enum(BATCH_STATUSES), ({ batch }) => batch.status, "running"],
});

export const BATCH_ACT_ROUTES = [
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
      path: {
        batch_id: idInPath({
          max: BATCH_NAME_LENGTH_MAX,
          description: "Its uuid, or what the first system called it",
        }),
      },
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
          overrides: { maxPages: body.max_pages },
        }),
      ),
  }),
];
