import type { AnyList, ListInput } from "../list/list.contract.ts";
import { ID_LENGTH_MAX, LABEL_LENGTH_MAX } from "../wire.contract.ts";

/** The batches of a tenant. */
export const BATCH_LIST = {
  name: "batches",
  permission: "batches:read",
  filters: {
    status: {
      kind: "choices",
      words: ["running", "pending", "partial", "failed", "complete", "cancelled"],
      aliases: { completed: "complete" },
    },
    /** Ids of people or programs. */
    createdBy: { kind: "words", max: ID_LENGTH_MAX, codes: true, address: "by" },
    /** Any part of the label; of a batch without one, of its first domain. */
    q: { kind: "text", max: LABEL_LENGTH_MAX },
  },
  orders: { newest: [] },
  facets: ["status"],
  columns: {
    label: { header: "Label", kind: "text", written: true },
    status: { header: "Status", kind: "text" },
    total: { header: "Domains", kind: "number" },
    complete: { header: "Complete", kind: "number" },
    failed: { header: "Failed", kind: "number" },
    emails: { header: "E-mails", kind: "number" },
    phones: { header: "Phones", kind: "number" },
    pages: { header: "Pages", kind: "number" },
    maxPages: { header: "Pages at most", kind: "number" },
    createdBy: { header: "Created by", kind: "text" },
    createdAt: { header: "Created (UTC)", kind: "time" },
    startedAt: { header: "Started (UTC)", kind: "time" },
    endedAt: { header: "Ended (UTC)", kind: "time" },
    batchId: { header: "Batch id", kind: "text" },
  },
} as const satisfies AnyList;
export type BatchListInput = ListInput<typeof BATCH_LIST>;
