import type { Tx } from "@scrapersky/db";
import { cancelNextOfBatch } from "./cancel-next-of-batch.ts";
import { withdrawPaused, type Withdrawing } from "./withdraw-paused.ts";

/** Takes back what the queue has of a batch that was paused, or cancelled and is large, in a transaction after that one. */
export async function withdrawBatch(
  tx: Tx,
  queue: Withdrawing,
  place: { batchId: string; tenantId: string },
): Promise<void> {
  await withdrawPaused(tx, queue, place);
  await cancelNextOfBatch(tx, queue, place);
}
