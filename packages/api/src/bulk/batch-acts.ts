import { cancelBatch } from "../batch/cancel-batch.ts";
import { deleteBatch } from "../batch/delete-batch.ts";
import { pauseBatch } from "../batch/pause-batch.ts";
import { resumeBatch } from "../batch/resume-batch.ts";
import { retryFailed } from "../batch/retry-failed.ts";
import { type Act, acted } from "./bulk-act.ts";
import type { BulkActionName } from "./bulk-list.contract.ts";

type BatchAct = Extract<BulkActionName, `batches.${string}`>;

/** What the acts on single batches do, to each by itself: they leave their own rows in the audit log. */
export const BATCH_ACTS: { [Name in BatchAct]: Act<Name> } = {
  "batches.retryFailed": async (tx, caller, { ids, settings }) => {
    const { errorCodes, ...overrides } = settings;
    const done = new Set<string>();
    for (const batchId of ids) {
      const { retried } = await retryFailed(tx, caller, { batchId, errorCodes, overrides });
      if (retried > 0) done.add(batchId);
    }
    return acted(ids, done, () => "nothing_failed");
  },

  "batches.pause": async (tx, caller, { ids }) => {
    for (const id of ids) await pauseBatch(tx, caller, id);
    return { ...acted(ids, new Set(ids)), withdrawn: [...ids] };
  },

  "batches.resume": async (tx, caller, { ids }) => {
    for (const id of ids) await resumeBatch(tx, caller, id);
    return acted(ids, new Set(ids));
  },

  "batches.cancel": async (tx, caller, { ids }) => {
    const done = new Set<string>();
    for (const id of ids) {
      const { status, cancelling } = await cancelBatch(tx, caller, id);
      if (status === "cancelled" || cancelling) done.add(id);
    }
    return { ...acted(ids, done, () => "over"), withdrawn: [...done] };
  },

  "batches.delete": async (tx, caller, { ids }) => {
    for (const id of ids) await deleteBatch(tx, caller, id);
    return acted(ids, new Set(ids));
  },
};
