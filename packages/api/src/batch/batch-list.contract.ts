import type { AnyList, ListInput } from "../list/list.contract.ts";

/** The batches of a tenant. */
export const BATCH_LIST = {
  name: "batches",
  permission: "batches:read",
  filters: {
    status: {
      kind: "choices",
      words: ["running", "pending", "partial", "failed", "complete", "cancelled"],
    },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
export type BatchListInput = ListInput<typeof BATCH_LIST>;
