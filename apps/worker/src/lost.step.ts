import { promoteJobs, recordLost } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

const LOST_PER_STEP = 100;

/** Ends jobs whose workers vanished on every attempt, so that their batches can end. Returns how many. */
export async function endLostJobs(db: Db, queue: Queue): Promise<number> {
  return db.transaction(async (tx) => {
    const jobIds = await queue.takeLost(tx, LOST_PER_STEP);
    if (jobIds.length > 0) await promoteJobs(tx, queue, await recordLost(tx, jobIds));
    return jobIds.length;
  });
}
