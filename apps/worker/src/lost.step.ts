import { promoteJobs, recordLost, spareLost } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

const LOST_PER_STEP = 100;

/**
 * Ends jobs whose workers vanished on every attempt, so that their batches can end; those that none of them began are
 * tried again. Returns how many there were.
 */
export async function endLostJobs(db: Db, queue: Queue): Promise<number> {
  return db.transaction(async (tx) => {
    const lost = await queue.takeLost(tx, LOST_PER_STEP);
    if (lost.length === 0) return 0;
    const spared = await spareLost(
      tx,
      lost.filter(({ begun }) => !begun).map(({ jobId }) => jobId),
    );
    const kept = new Set(spared.map(({ jobId }) => jobId));
    const ended = lost.map(({ jobId }) => jobId).filter((jobId) => !kept.has(jobId));
    const batchIds = ended.length === 0 ? [] : await recordLost(tx, ended);
    await promoteJobs(tx, queue, [...batchIds, ...spared.map(({ batchId }) => batchId)]);
    return lost.length;
  });
}
