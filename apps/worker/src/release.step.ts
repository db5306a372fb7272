import { releaseJob } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue, ScrapeClaim } from "@scrapersky/queue";
import { LeaseLost } from "./lease-lost.ts";

/**
 * Gives a domain back as if it had not been claimed: its attempt is not used. The caller writes nothing
 * for this claim afterwards. `refused` means that the job was cancelled or is another worker's now.
 */
export async function releaseScrape(
  db: Db,
  queue: Queue,
  workerId: string,
  claim: ScrapeClaim,
): Promise<"released" | "refused"> {
  try {
    return await db.transaction(async (tx) => {
      if (!(await queue.releaseScrape(tx, claim))) throw new LeaseLost();
      const released = await releaseJob(tx, {
        jobId: claim.jobId,
        attempt: claim.attempt,
        workerId,
      });
      if (released === "refused") throw new LeaseLost();
      return released;
    });
  } catch (error) {
    if (error instanceof LeaseLost) return "refused";
    throw error;
  }
}
