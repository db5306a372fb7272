import { z } from "@hono/zod-openapi";
import { listBulkActions } from "@scrapersky/api";
import {
  BULK_CONFIRM_ABOVE,
  BULK_UNDO_SECONDS,
  type BulkPreview,
  type BulkSkippedRows,
  HEADERS,
} from "@scrapersky/api/contract";
import {
  AS_OF,
  asked,
  bulkAction,
  bulkPath,
  callOf,
  COMPLETE,
  complaintOf,
  confirmed,
  count,
  needsOf,
  reason,
} from "./bulk-asked.ts";
import { keyed, otherRequest, replays } from "./keyed.ts";
import { legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { RESCAN_ROUTE } from "./rescan-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const preview = shapeOf<BulkPreview>()("BulkPreview", {
  total: [count, ({ total }) => total, 1],
  eligible: [count, ({ eligible }) => eligible, 0],
  ineligible: [
    z.array(z.strictObject({ ...reason, sample: z.array(z.string()) })),
    ({ ineligible }) => ineligible,
    [{ ...COMPLETE, sample: ["example.com"] }],
  ],
  exact: [z.boolean(), ({ exact }) => exact, true],
  as_of: [
    time
      .nullable()
      .openapi({ description: "Up to when rows are meant; send it with the act. Null for ids" }),
    ({ asOf }) => legacyTimeOrNull(asOf),
    AS_OF,
  ],
});

const skipped = shapeOf<BulkSkippedRows>()("BulkSkipped", {
  data: [
    z.array(
      z.strictObject({
        id: z.string(),
        name: z.string().nullable(),
        reason: z.string(),
        text: z.string(),
      }),
    ),
    ({ items }) => items,
    [
      {
        id: "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21",
        name: "example.com",
        reason: COMPLETE.reason,
        text: COMPLETE.text,
      },
    ],
  ],
  total: [count, ({ total }) => total, 1],
});

const UNDONE = {
  ...bulkAction.example,
  action: "leads.update" as const,
  list: "leads",
  target: { ids: 1 },
  settings: { label: "Called" },
  status: "undone" as const,
  done: 1,
  skipped: 0,
  reasons: [],
};

const complains = complaintOf("action");

export const BULK_ROUTES = [
  declareListRoute({
    operationId: "listBulkActions",
    path: "/bulk",
    noun: "bulk",
    summary: "Acts on many rows, newest first",
    list: listBulkActions,
    shape: bulkAction,
  }),

  declareRoute({
    operationId: "previewBulk",
    method: "post",
    path: "/bulk/preview",
    noun: "bulk",
    summary: "Count what an act on many rows would do, and why not the rest",
    permission: "jobs:read",
    needsOf,
    takes: { body: asked },
    answer: preview.schema,
    example: preview.example,
    complains,
    respond: async (c, { body }) => preview.of(await c.get("rest").api.bulk.preview(callOf(body))),
  }),

  declareRoute({
    operationId: "startBulk",
    method: "post",
    path: "/bulk",
    noun: "bulk",
    summary: "Do one act to many rows",
    description: `To those of a list with these ids, or that match its filter. Which they are is kept, so none that comes later is touched; chunk by chunk they are done, the first of them before the answer. Over ${BULK_CONFIRM_ABOVE.toLocaleString("en")} eligible rows confirm_count has to be their number. Send an Idempotency-Key to make a repeated call harmless.`,
    permission: "jobs:read",
    needsOf,
    takes: {
      body: {
        ...asked,
        ...confirmed,
      },
      header: keyed("gives the same bulk action"),
    },
    tells: replays,
    answer: bulkAction.schema,
    example: bulkAction.example,
    refuses: { 409: otherRequest },
    complains,
    respond: async (c, { body, header }) => {
      const { confirm_count: confirmCount, ...call } = body;
      const { replayed, ...begun } = await c.get("rest").api.bulk.start({
        ...callOf(call),
        confirmCount,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (replayed) c.header(HEADERS.idempotentReplayed, "true");
      return bulkAction.of(begun);
    },
  }),

  declareRoute({
    operationId: "getBulkAction",
    method: "get",
    path: "/bulk/{bulk_id}",
    noun: "bulk",
    summary: "How far an act on many rows has come",
    permission: "jobs:read",
    takes: { path: bulkPath },
    answer: bulkAction.schema,
    example: bulkAction.example,
    refuses: { 404: noSuch("Bulk action") },
    respond: async (c, { path: { bulk_id: id } }) =>
      bulkAction.of(await c.get("rest").api.bulk.byId({ id })),
  }),

  declareRoute({
    operationId: "listSkippedRows",
    method: "get",
    path: "/bulk/{bulk_id}/skipped",
    noun: "bulk",
    summary: "Rows that it did not change, and why",
    permission: "jobs:read",
    takes: { path: bulkPath },
    answer: skipped.schema,
    example: skipped.example,
    refuses: { 404: noSuch("Bulk action") },
    respond: async (c, { path: { bulk_id: id } }) =>
      skipped.of(await c.get("rest").api.bulk.skipped({ id })),
  }),

  declareRoute({
    operationId: "cancelBulk",
    method: "post",
    path: "/bulk/{bulk_id}/cancel",
    noun: "bulk",
    summary: "Stop an act on many rows",
    description:
      "What was done until then stays, the rest is left as it is. One that is over is answered as it is.",
    permission: "jobs:read",
    needsOf,
    takes: { path: bulkPath },
    answer: bulkAction.schema,
    example: bulkAction.example,
    refuses: { 404: noSuch("Bulk action") },
    respond: async (c, { path: { bulk_id: id } }) =>
      bulkAction.of(await c.get("rest").api.bulk.cancel({ id })),
  }),

  declareRoute({
    operationId: "undoBulk",
    method: "post",
    path: "/bulk/{bulk_id}/undo",
    noun: "bulk",
    summary: "Take back a change of many leads",
    description: `For ${BULK_UNDO_SECONDS} seconds after its end, until undo_until. What somebody changed since stays.`,
    permission: "jobs:read",
    needsOf,
    takes: { path: bulkPath },
    answer: bulkAction.schema,
    example: UNDONE,
    refuses: {
      404: noSuch("Bulk action"),
      409: {
        description: "It is no change of leads, or it ended too long ago",
        reason: {
          message: `Only a change of leads can be undone, within ${BULK_UNDO_SECONDS} s after its end.`,
          code: "CANNOT_UNDO",
        },
      },
    },
    respond: async (c, { path: { bulk_id: id } }) =>
      bulkAction.of(await c.get("rest").api.bulk.undo({ id })),
  }),

  RESCAN_ROUTE,
];
