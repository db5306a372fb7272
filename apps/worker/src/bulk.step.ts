import {
  continueBulk,
  findOpenBulk,
  forgetFormer,
  noteBulkFault,
  withdrawBatch,
} from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

/** Chunks that a worker does in one go, of bulk actions that take turns. */
const CHUNKS = 20;

/** Goes on with the bulk actions that are open, where nobody is at them. One whose chunk fails lets the others go first. */
export async function bulk(db: Db, queue: Queue): Promise<void> {
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const id = await findOpenBulk(db);
    if (id === undefined) break;
    try {
      const step = await db.transaction((tx) => continueBulk(tx, queue, id));
      if (!step) break;
      for (const place of step.withdrawn) {
        await db.transaction((tx) => withdrawBatch(tx, queue, place));
      }
    } catch (error) {
      await db.transaction((tx) => noteBulkFault(tx, id));
      throw error;
    }
  }
  await db.transaction((tx) => forgetFormer(tx));
}
