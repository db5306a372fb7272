import { z } from "@hono/zod-openapi";
import { type BatchAppended, HEADERS } from "@scrapersky/api/contract";
import { BATCH_ID, batchPath } from "./batch-standing.ts";
import { givenFields, LINES_MAX, listOf, NO_DOMAINS } from "./given-list.ts";
import { keyed, otherRequest } from "./keyed.ts";
import { emptyListReason } from "./refusal.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";
import { doubledLines, refusedLines } from "./validate-route.ts";

const appended = shapeOf<BatchAppended>()("BatchAppended", {
  batch_id: [z.uuid(), ({ batchId }) => batchId, BATCH_ID],
  job_count: [
    z.int().openapi({ description: "Jobs that were added" }),
    ({ jobCount }) => jobCount,
    1,
  ],
  total_domains: [z.int(), ({ total }) => total, 3],
  duplicates: [doubledLines, ({ doubled }) => doubled, []],
  invalid: [refusedLines, ({ invalid }) => invalid, []],
});

export const APPEND_BATCH_ROUTE = declareRoute({
  operationId: "appendBatch",
  method: "post",
  path: "/batch_page_scraper/batch/{batch_id}/append",
  noun: "batches",
  summary: "Add lines to a batch that has not ended",
  description: `At most ${LINES_MAX.toLocaleString("en")} a call, with the columns that its list has; they run behind those that are there.`,
  permission: "batches:create",
  takes: { path: batchPath, body: givenFields, header: keyed("adds nothing again") },
  tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key added them" },
  answer: appended.schema,
  example: appended.example,
  refuses: {
    400: { description: "The list of domains is empty", reason: emptyListReason(NO_DOMAINS) },
    404: noSuch("Batch"),
    409: otherRequest,
  },
  complains: { loc: ["body", "domains"], msg: "Field required", type: "missing" },
  respond: async (c, { path: { batch_id: batchId }, body, header }) => {
    const added = await c.get("rest").api.batches.append({
      batchId,
      ...listOf(body),
      column: body.column,
      idempotencyKey: header[HEADERS.idempotencyKey],
    });
    if (added.replayed) c.header(HEADERS.idempotentReplayed, "true");
    return appended.of(added);
  },
});
