import { choices, listContract, type ListInput, text, words } from "../list/list.contract.ts";
import { JOB_STATUSES } from "../status.ts";
import {
  BATCH_NAME_LENGTH_MAX,
  DOMAIN_LENGTH_MAX,
  ERROR_CODE_LENGTH_MAX,
} from "../wire.contract.ts";

/** The jobs of a tenant: newest first, or a batch's in the order of its lines. */
export const JOB_LIST = listContract({
  name: "jobs",
  permission: "jobs:read",
  filters: {
    status: choices(JOB_STATUSES),
    errorCode: words(ERROR_CODE_LENGTH_MAX, { address: "error" }),
    /** A batch's uuid, or what the first system called it. */
    batchId: text(BATCH_NAME_LENGTH_MAX, { address: "batch" }),
    /** Beginning of the domain name. */
    q: text(DOMAIN_LENGTH_MAX),
  },
  orders: { newest: [], batch: ["batchId"] },
});
export type JobListInput = ListInput<typeof JOB_LIST>;

const JOB_TYPE_LENGTH_MAX = 50;

/** Jobs of every kind, as REST lists them. */
export const STORED_JOB_LIST = listContract({
  name: "stored jobs",
  permission: "jobs:read",
  filters: {
    status: choices(JOB_STATUSES),
    jobType: text(JOB_TYPE_LENGTH_MAX),
    batchId: text(BATCH_NAME_LENGTH_MAX),
  },
  orders: { newest: [] },
});
