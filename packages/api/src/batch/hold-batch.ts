import { defineStatement, executeRawSqlOne, type Tx, typed } from "@scrapersky/db";
import { batchJobs } from "@scrapersky/db/schema";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { BatchStatus } from "../status.ts";
import { BATCH } from "./batch.state.ts";
import { actedState } from "./is-cancelling.ts";
import { isNotRemoved } from "./is-removed.ts";

const standing = defineStatement(
  `select ${actedState("b")} as status from batch_jobs b
   where b.batch_id = :batchId::uuid and b.tenant_id = :tenantId::uuid and ${isNotRemoved("b.batch_id")}`,
  { status: typed<BatchStatus>(batchJobs.status) },
);

/**
 * Waits until nobody else changes the batch as a whole, and gives its state: cancelled for one that is cancelling. Workers do not wait: they end its jobs
 * meanwhile, and the batch with the last of them.
 * @throws DomainError NOT_FOUND
 */
export async function holdBatch(
  tx: Tx,
  place: { batchId: string; tenantId: string },
): Promise<BatchStatus> {
  await takeLock(tx, "batch", place.batchId);
  const batch = await executeRawSqlOne(tx, standing, place);
  if (!batch) throw notFound("Batch");
  return batch.status;
}

/** @throws DomainError INVALID_STATE for a batch that is over */
export function requireOpen(status: BatchStatus): void {
  if (!BATCH.hasEnded(status)) return;
  throw new DomainError("INVALID_STATE", "This batch has ended: nothing of it runs any more.", {
    errorCode: "BATCH_ENDED",
  });
}

/** @throws DomainError INVALID_STATE for a batch whose jobs may not run again */
export function requireRunnable(status: BatchStatus): void {
  if (!BATCH.hasEnded(status) || BATCH.can("again", status)) return;
  throw new DomainError(
    "INVALID_STATE",
    "The batch was cancelled, so nothing of it runs again. Make a new batch of its list.",
    { errorCode: "BATCH_CANCELLED" },
  );
}
