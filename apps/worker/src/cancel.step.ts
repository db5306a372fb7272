import { cancelNextOfBatch, findCancelling } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

/** Steps of one batch that a worker takes in one go, each a transaction: as many as the largest batch has. */
const STEPS = 60;

/** Goes on with large batches that were cancelled, where rows of their jobs are left. */
export async function cancelBatches(db: Db, queue: Queue): Promise<void> {
  for (const batch of await findCancelling(db)) {
    for (let step = 0; step < STEPS; step++) {
      if (!(await db.transaction((tx) => cancelNextOfBatch(tx, queue, batch)))) break;
    }
  }
}
