import type { AnyList, ListInput } from "../list/list.contract.ts";
import {
  BATCH_NAME_LENGTH_MAX,
  DOMAIN_LENGTH_MAX,
  ERROR_CODE_LENGTH_MAX,
} from "../wire.contract.ts";

/** The jobs of a tenant: newest first, or a batch's in the order of its lines. */
export const JOB_LIST = {
  name: "jobs",
  permission: "jobs:read",
  filters: {
    status: { kind: "choices", words: ["running", "pending", "failed", "complete", "cancelled"] },
    errorCode: { kind: "words", max: ERROR_CODE_LENGTH_MAX, address: "error" },
    /** A batch's uuid, or what the first system called it. */
    batchId: { kind: "text", max: BATCH_NAME_LENGTH_MAX, address: "batch" },
    /** Beginning of the domain name. */
    q: { kind: "text", max: DOMAIN_LENGTH_MAX },
  },
  orders: { newest: [], batch: ["batchId"] },
} as const satisfies AnyList;
export type JobListInput = ListInput<typeof JOB_LIST>;
