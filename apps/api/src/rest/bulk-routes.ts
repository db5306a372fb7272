import { z } from "@hono/zod-openapi";
import { listBulkActions } from "@scrapersky/api";
import {
  BULK_CONFIRM_ABOVE,
  BULK_IDS_MAX,
  BULK_LIST,
  BULK_LISTS,
  type BulkAction,
  type BulkPreview,
  type BulkSkippedRows,
  type BulkStart,
  DOMAIN_LENGTH_MAX,
  HEADERS,
  IDEMPOTENCY_KEY_LENGTH_MAX,
  queryName,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { idInPath, moment, oneOf, text, wholeNumberOrNone } from "./field.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const BULK_ID = "5c1a7e0e-3a7b-4d0f-9a55-2e7a9c1b6d20";
const BATCH_ID = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";
const AS_OF = "2026-11-21T09:00:00.000000+00:00";
const BEGAN = "2026-11-21T09:00:00.123456+00:00";
const ENDED = "2026-11-21T09:00:00.310022+00:00";

const count = z.int().min(0);
const COMPLETE = {
  reason: "complete",
  text: "It is complete; scan it again by another batch.",
  count: 1,
};
const reason = { reason: z.string(), text: z.string(), count };
const words = z.record(z.string(), z.unknown());

/** Names as REST spells them. */
const spelled = (given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [queryName(name), value]));

const unspelled = (given: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

const bulkAction = shapeOf<BulkAction>()("BulkAction", {
  id: [z.uuid(), ({ id }) => id, BULK_ID],
  action: [z.enum(BULK_LIST.filters.action.words), ({ action }) => action, "jobs.retry"],
  list: [z.string(), ({ list }) => list, "jobs"],
  target: [
    words.openapi({ description: "How many ids, or filter, q and as_of" }),
    ({ target }) =>
      "ids" in target
        ? target
        : {
            filter: spelled(target.filter),
            q: target.q,
            as_of: legacyTime(new Date(target.asOf).toISOString()),
          },
    { filter: { batch_id: BATCH_ID }, q: null, as_of: AS_OF },
  ],
  settings: [words, ({ settings }) => spelled(settings), {}],
  status: [z.enum(BULK_LIST.filters.status.words), ({ status }) => status, "complete"],
  total: [count, ({ total }) => total, 1],
  done: [count, ({ done }) => done, 0],
  skipped: [count, ({ skipped }) => skipped, 1],
  failed: [count, ({ failed }) => failed, 0],
  progress: [z.number().min(0).max(100), ({ progress }) => progress, 100],
  reasons: [z.array(z.strictObject(reason)), ({ reasons }) => reasons, [COMPLETE]],
  error: [z.string().nullable(), ({ error }) => error, null],
  batch_id: [
    z.uuid().nullable().openapi({ description: "Of a rescan" }),
    ({ batchId }) => batchId,
    null,
  ],
  undo_until: [time.nullable(), ({ undoUntil }) => legacyTimeOrNull(undoUntil), null],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), BEGAN],
  start_time: [time.nullable(), ({ startedAt }) => legacyTimeOrNull(startedAt), null],
  end_time: [time.nullable(), ({ endedAt }) => legacyTimeOrNull(endedAt), ENDED],
});

const preview = shapeOf<BulkPreview>()("BulkPreview", {
  total: [count, ({ total }) => total, 1],
  eligible: [count, ({ eligible }) => eligible, 0],
  ineligible: [
    z.array(z.strictObject({ ...reason, sample: z.array(z.string()) })),
    ({ ineligible }) => ineligible,
    [{ ...COMPLETE, sample: ["example.com"] }],
  ],
  exact: [z.boolean(), ({ exact }) => exact, true],
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

const asked = {
  action: oneOf({ known: BULK_LIST.filters.action.words, description: "What is to be done" }),
  list: oneOf({ known: Object.keys(BULK_LISTS), description: "Whose rows are meant" }),
  ids: z
    .array(z.string())
    .max(BULK_IDS_MAX)
    .optional()
    .openapi({ description: "Rows by their ids; or else filter" }),
  filter: words
    .optional()
    .openapi({ description: "The list's own filters, several words as a list; {} for all rows" }),
  q: text({ min: 0, max: DOMAIN_LENGTH_MAX, description: "The list's own search, with filter" }),
  as_of: moment({ description: "Rows that came later are not meant; left out: now" }),
  settings: words.optional().openapi({
    description:
      "jobs.retry, batches.retryFailed: max_pages, max_concurrent, error_codes; leads.rescan: max_pages, max_concurrent, label; leads.update: label, contacted, do_not_contact; leads.suppress: reason",
  }),
};

type Asked = { [Name in keyof typeof asked]: z.output<(typeof asked)[Name]> };

/** @throws RequestProblem for what has to be said and is not */
function callOf({ action, list, ids, filter, q, as_of: asOf, settings }: Asked): BulkStart {
  const missing = [
    ...(action === undefined ? ["action"] : []),
    ...(list === undefined ? ["list"] : []),
    ...(ids === undefined && filter === undefined ? ["filter"] : []),
  ];
  if (missing.length > 0) throw new RequestProblem(missing.map(complaintOf));
  const target =
    filter === undefined
      ? { list, ids }
      : { list, filter: unspelled(filter), q, ids, asOf: asOf ?? new Date().toISOString() };
  // What fits to what is for the procedure to say.
  return { action, target, settings: unspelled(settings) } as unknown as BulkStart;
}

const complaintOf = (field: string) => ({
  loc: ["body", field],
  msg: "Field required",
  type: "missing",
});

const path = { bulk_id: idInPath({ format: "uuid" }) };
const needsOf = "the rights that the list and the act on one row need";
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
        confirm_count: wholeNumberOrNone({
          min: 0,
          description: "Eligible rows as the preview counted them",
        }),
      },
      header: {
        [HEADERS.idempotencyKey]: text({
          min: 1,
          max: IDEMPOTENCY_KEY_LENGTH_MAX,
          description: "Chosen by you; the same key again gives the same bulk action",
        }),
      },
    },
    tells: {
      [HEADERS.idempotentReplayed]: "true when an earlier call with this key began it",
    },
    answer: bulkAction.schema,
    example: bulkAction.example,
    refuses: {
      409: {
        description: "This Idempotency-Key was sent with another body before",
        reason: {
          message: "This idempotency key was used for another request.",
          code: "IDEMPOTENCY_MISMATCH",
        },
      },
    },
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
    takes: { path },
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
    takes: { path },
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
    takes: { path },
    answer: bulkAction.schema,
    example: bulkAction.example,
    refuses: { 404: noSuch("Bulk action") },
    respond: async (c, { path: { bulk_id: id } }) =>
      bulkAction.of(await c.get("rest").api.bulk.cancel({ id })),
  }),
];
