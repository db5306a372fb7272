import { choices, listContract, type ListInput } from "../list/list.contract.ts";
import { BATCH_STATUSES } from "../status.ts";

/** The batches of a tenant. */
export const BATCH_LIST = listContract({
  name: "batches",
  permission: "batches:read",
  filters: { status: choices(BATCH_STATUSES) },
  orders: { newest: [] },
});
export type BatchListInput = ListInput<typeof BATCH_LIST>;
