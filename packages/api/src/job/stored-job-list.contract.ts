import type { AnyList } from "../list/list.contract.ts";
import { BATCH_NAME_LENGTH_MAX } from "../wire.contract.ts";
import { JOB_LIST } from "./job-list.contract.ts";

const JOB_TYPE_LENGTH_MAX = 50;

/** Jobs of every kind, as REST alone lists them. */
export const STORED_JOB_LIST = {
  name: "stored jobs",
  permission: "jobs:read",
  filters: {
    status: JOB_LIST.filters.status,
    jobType: { kind: "text", max: JOB_TYPE_LENGTH_MAX },
    batchId: { kind: "text", max: BATCH_NAME_LENGTH_MAX },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
