import { z } from "@hono/zod-openapi";
import { type BatchDeleted, type BatchProgress, LABEL_LENGTH_MAX } from "@scrapersky/api/contract";
import { BATCH_ID, batchPath, stood } from "./batch-standing.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const deleted = shapeOf<BatchDeleted>()("BatchDeleted", {
  batch_id: [z.uuid(), ({ batchId }) => batchId, BATCH_ID],
  job_count: [z.int(), ({ jobs }) => jobs, 2],
  undo_until: [time, ({ undoUntil }) => legacyTime(undoUntil), "2026-11-21T09:00:10.123456+00:00"],
});

const named = shapeOf<BatchProgress>()("BatchNamed", {
  batch_id: [z.uuid(), ({ batchId }) => batchId, BATCH_ID],
  label: [z.string().nullable(), ({ label }) => label, "Bakers"],
  renamed_at: [
    time.nullable(),
    ({ renamedAt }) => legacyTimeOrNull(renamedAt),
    "2026-11-21T09:00:00.123456+00:00",
  ],
});

export const BATCH_CHANGE_ROUTES = [
  declareRoute({
    operationId: "renameBatch",
    method: "post",
    path: "/batch_page_scraper/batch/{batch_id}/rename",
    noun: "batches",
    summary: "Give a batch another label",
    permission: "batches:write",
    takes: {
      path: batchPath,
      body: {
        label: z
          .string()
          .trim()
          .max(LABEL_LENGTH_MAX)
          .openapi({ description: "Empty: none", example: "Bakers" }),
        expected_renamed_at: z.iso.datetime({ offset: true }).nullable().optional().openapi({
          description:
            "renamed_at as it was told last, null for a batch that was never renamed; left out, whatever label it has by now is written over",
        }),
      },
    },
    answer: named.schema,
    example: named.example,
    refuses: {
      404: noSuch("Batch"),
      409: {
        description: "Somebody else renamed it meanwhile",
        reason: {
          message: "Somebody else renamed this batch meanwhile; look at it again.",
          code: "STALE",
        },
      },
    },
    complains: {
      loc: ["body", "label"],
      msg: `Too big: expected string to have <=${LABEL_LENGTH_MAX} characters`,
      type: "value_error",
    },
    respond: async (c, { path, body }) => {
      const { api } = c.get("rest");
      const batchId = path.batch_id;
      return named.of(
        await api.batches.rename({
          batchId,
          label: body.label,
          expectedRenamedAt: body.expected_renamed_at,
        }),
      );
    },
  }),

  declareRoute({
    operationId: "deleteBatch",
    method: "post",
    path: "/batch_page_scraper/batch/{batch_id}/delete",
    noun: "batches",
    summary: "Delete a batch that is over",
    description:
      "It is hidden at once, with its jobs, and removed after ten seconds. Leads, pages and contacts stay.",
    permission: "batches:delete",
    takes: { path: batchPath },
    answer: deleted.schema,
    example: deleted.example,
    refuses: {
      404: noSuch("Batch"),
      409: {
        description: "It is not over",
        reason: {
          message: "This batch is not over: cancel it first.",
          code: "BATCH_NOT_OVER",
        },
      },
    },
    respond: async (c, { path }) =>
      deleted.of(await c.get("rest").api.batches.delete({ batchId: path.batch_id })),
  }),

  declareRoute({
    operationId: "restoreBatch",
    method: "post",
    path: "/batch_page_scraper/batch/{batch_id}/restore",
    noun: "batches",
    summary: "Take back that a batch was deleted",
    description: "For ten seconds, as long as nothing of it was removed.",
    permission: "batches:delete",
    takes: { path: batchPath },
    answer: stood.schema,
    example: { ...stood.example, status: "complete" },
    refuses: { 404: noSuch("Batch") },
    respond: async (c, { path }) =>
      stood.of(await c.get("rest").api.batches.restore({ batchId: path.batch_id })),
  }),
];
