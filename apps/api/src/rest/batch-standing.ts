import { z } from "@hono/zod-openapi";
import {
  BATCH_NAME_LENGTH_MAX,
  BATCH_STATUSES,
  type BatchProgress,
} from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { shapeOf } from "./shape.ts";

/** A batch of the examples. */
export const BATCH_ID = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";

/** What an act on a batch is told: which one. */
export const batchPath = {
  batch_id: idInPath({
    max: BATCH_NAME_LENGTH_MAX,
    description: "Its uuid, or what the first system called it",
  }),
};

/** Where a batch stands after an act. */
export const stood = shapeOf<BatchProgress>()("BatchStanding", {
  batch_id: [z.uuid(), ({ batchId }) => batchId, BATCH_ID],
  status: [z.enum(BATCH_STATUSES), ({ status }) => status, "running"],
  paused: [z.boolean(), ({ paused }) => paused, false],
  cancelling: [z.boolean(), ({ cancelling }) => cancelling, false],
});
