import type { AnyList, ListInput } from "../list/list.contract.ts";
import {
  BATCH_NAME_LENGTH_MAX,
  DOMAIN_LENGTH_MAX,
  ERROR_CODE_LENGTH_MAX,
  ID_LENGTH_MAX,
} from "../wire.contract.ts";

/** The jobs of a tenant: newest first, those that run and wait before the others, or a batch's in the order of its lines. */
export const JOB_LIST = {
  name: "jobs",
  permission: "jobs:read",
  filters: {
    status: {
      kind: "choices",
      words: ["running", "pending", "failed", "complete", "cancelled"],
      aliases: { completed: "complete" },
    },
    errorCode: { kind: "words", max: ERROR_CODE_LENGTH_MAX, codes: true, address: "error" },
    /** A batch's uuid, or what the first system called it. */
    batchId: { kind: "text", max: BATCH_NAME_LENGTH_MAX, address: "batch" },
    createdSince: { kind: "time", address: "since" },
    /** Who made their batches: ids of people or programs. */
    createdBy: { kind: "words", max: ID_LENGTH_MAX, codes: true, address: "by" },
    /** Any part of the domain name; of one or two letters its beginning. */
    q: { kind: "text", max: DOMAIN_LENGTH_MAX },
  },
  orders: { newest: [], moving: [], batch: ["batchId"] },
  facets: ["status", "errorCode"],
  isNarrowInRest: true,
  columns: {
    domain: { header: "Domain", kind: "text" },
    status: { header: "Status", kind: "text" },
    errorCode: { header: "Error code", kind: "text" },
    error: { header: "Error", kind: "text", written: true },
    pages: { header: "Pages", kind: "number" },
    attempts: { header: "Attempts", kind: "number" },
    finalUrl: { header: "Final address", kind: "text", written: true },
    batchLabel: { header: "Batch label", kind: "text", written: true },
    createdAt: { header: "Created (UTC)", kind: "time" },
    startedAt: { header: "Started (UTC)", kind: "time" },
    endedAt: { header: "Ended (UTC)", kind: "time" },
    durationSeconds: { header: "Duration (s)", kind: "number" },
    batchId: { header: "Batch id", kind: "text" },
    domainId: { header: "Domain id", kind: "text" },
    jobId: { header: "Job id", kind: "text" },
  },
} as const satisfies AnyList;
export type JobListInput = ListInput<typeof JOB_LIST>;
