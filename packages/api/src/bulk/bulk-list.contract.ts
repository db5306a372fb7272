import type { AnyList, ListInput } from "../list/list.contract.ts";

/** What was done to many rows at once, and by whom. */
export const BULK_LIST = {
  name: "bulk",
  permission: "jobs:read",
  filters: {
    status: {
      kind: "choices",
      words: ["running", "pending", "undoing", "complete", "cancelled", "stopped", "undone"],
    },
    action: {
      kind: "choices",
      words: [
        "jobs.retry",
        "jobs.cancel",
        "batches.retryFailed",
        "batches.pause",
        "batches.resume",
        "batches.cancel",
        "batches.delete",
        "leads.rescan",
        "leads.update",
        "leads.suppress",
      ],
    },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
export type BulkListInput = ListInput<typeof BULK_LIST>;

/** What can be done to many rows at once, in the order in which pages offer it. */
export type BulkActionName = (typeof BULK_LIST.filters.action.words)[number];
