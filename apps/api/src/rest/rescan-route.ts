import {
  BATCH_DOMAINS_MAX,
  type BulkStart,
  HEADERS,
  LABEL_LENGTH_MAX,
  MAX_CONCURRENT_DEFAULT,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_DEFAULT,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";
import { asked, bulkAction, callOf, complaintOf, confirmed, needsOf } from "./bulk-asked.ts";
import { keyed, otherRequest, replays } from "./keyed.ts";
import { oneOf, text, wholeNumberOrNone } from "./field.ts";
import { declareRoute } from "./rest-route.ts";

const { action: _fixed, settings: _spelt, list: _lists, ...rows } = asked;

const example = {
  ...bulkAction.example,
  action: "leads.rescan" as const,
  list: "leads",
  target: { ...bulkAction.example.target, filter: {} },
  settings: { max_pages: MAX_PAGES_DEFAULT, max_concurrent: MAX_CONCURRENT_DEFAULT },
  done: 1,
  skipped: 0,
  reasons: [],
  batch_id: "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11",
  start_time: bulkAction.example.created_at,
};

/** The act `leads.rescan` by its own name: one batch of the domains that are meant. */
export const RESCAN_ROUTE = declareRoute({
  operationId: "rescanDomains",
  method: "post",
  path: "/domains/rescan",
  noun: "bulk",
  summary: "Scan domains again, in one new batch",
  description: `Of the leads with these ids, or of all that match a filter; at most ${BATCH_DOMAINS_MAX.toLocaleString("en")} domains. The answer names the batch. Over 1,000 of them confirm_count has to be their number.`,
  permission: "batches:create",
  needsOf,
  takes: {
    body: {
      list: oneOf({
        known: ["leads", "contacts"],
        description: "Whose rows are meant; left out: leads",
      }),
      ...rows,
      max_pages: wholeNumberOrNone({
        min: 1,
        max: MAX_PAGES_MAX,
        description: `Pages fetched of each domain at most; left out: ${MAX_PAGES_DEFAULT}`,
      }),
      max_concurrent: wholeNumberOrNone({
        min: 1,
        max: MAX_CONCURRENT_MAX,
        description: `Domains scraped at the same time; left out: ${MAX_CONCURRENT_DEFAULT}`,
      }),
      label: text({ min: 0, max: LABEL_LENGTH_MAX, description: "Of the batch" }),
      ...confirmed,
    },
    header: keyed("gives the same bulk action"),
  },
  tells: replays,
  answer: bulkAction.schema,
  example,
  refuses: { 409: otherRequest },
  complains: complaintOf("filter"),
  respond: async (c, { body, header }) => {
    const { max_pages, max_concurrent, label, confirm_count: confirmCount, ...given } = body;
    const settings = { max_pages, max_concurrent, label };
    const { target, ...call } = callOf({
      ...given,
      action: "leads.rescan",
      list: given.list ?? "leads",
      settings,
    }) as Extract<BulkStart, { action: "leads.rescan" }>;
    const { replayed, ...begun } = await c.get("rest").api.domains.rescan({
      target,
      settings: call.settings,
      confirmCount,
      idempotencyKey: header[HEADERS.idempotencyKey],
    });
    if (replayed) c.header(HEADERS.idempotentReplayed, "true");
    return bulkAction.of(begun);
  },
});
