import { z } from "@hono/zod-openapi";
import {
  BULK_CONFIRM_ABOVE,
  BULK_IDS_MAX,
  BULK_LIST,
  BULK_LISTS,
  type BulkAction,
  type BulkStart,
  DOMAIN_LENGTH_MAX,
  queryName,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { idInPath, moment, oneOf, text, wholeNumberOrNone } from "./field.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { shapeOf } from "./shape.ts";

const BULK_ID = "5c1a7e0e-3a7b-4d0f-9a55-2e7a9c1b6d20";
const BATCH_ID = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";
export const AS_OF = "2026-11-21T09:00:00.000000+00:00";
const BEGAN = "2026-11-21T09:00:00.123456+00:00";
const ENDED = "2026-11-21T09:00:00.310022+00:00";

export const count = z.int().min(0);
export const COMPLETE = {
  reason: "complete",
  text: "It is complete; scan it again by another batch.",
  count: 1,
};
export const reason = { reason: z.string(), text: z.string(), count };
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

export const bulkAction = shapeOf<BulkAction>()("BulkAction", {
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

export const asked = {
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
export function callOf({ action, list, ids, filter, q, as_of: asOf, settings }: Asked): BulkStart {
  const missing = [
    ...(action === undefined ? ["action"] : []),
    ...(list === undefined ? ["list"] : []),
    ...(ids === undefined && filter === undefined ? ["filter"] : []),
  ];
  if (missing.length > 0) throw new RequestProblem(missing.map(complaintOf));
  const target =
    filter === undefined ? { list, ids } : { list, filter: unspelled(filter), q, ids, asOf };
  // What fits to what is for the procedure to say.
  return { action, target, settings: unspelled(settings) } as unknown as BulkStart;
}

export const complaintOf = (field: string) => ({
  loc: ["body", field],
  msg: "Field required",
  type: "missing",
});

/** What whoever begins an act says beside its rows. */
export const confirmed = {
  confirm_count: wholeNumberOrNone({
    min: 0,
    description: `Eligible rows as the preview counted them; needed above ${BULK_CONFIRM_ABOVE.toLocaleString("en")}`,
  }),
};
export const bulkPath = { bulk_id: idInPath({ format: "uuid" }) };
export const needsOf = "the rights that the list and the act on one row need";
