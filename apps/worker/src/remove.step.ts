import { removeNextOfBatch } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";

/** Steps that a worker takes in one go, each a transaction. */
const STEPS = 50;

/** Goes on removing batches that were deleted. */
export async function removeBatches(db: Db): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    if (!(await db.transaction((tx) => removeNextOfBatch(tx)))) return;
  }
}
