import { recordOutcome, type StorageFailure } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { ScrapeOutcome } from "@scrapersky/outcome";
import type { Queue, ScrapeClaim } from "@scrapersky/queue";
import { LeaseLost } from "./lease-lost.ts";

/**
 * Writes what a scrape found, the job's end, the batch's counters and the queue's completion: all or
 * nothing. `refused` means that the job was cancelled or is another worker's now, and nothing was written.
 */
export async function recordScrape(
  db: Db,
  queue: Queue,
  workerId: string,
  claim: ScrapeClaim,
  outcome: ScrapeOutcome | StorageFailure,
): Promise<"recorded" | "refused"> {
  const storeStartedAt = performance.now();
  try {
    return await db.transaction(async (tx) => {
      const again = outcome.kind === "retry" && !claim.last;
      const ours = again
        ? await queue.retryScrape(tx, claim, outcome.retryAfterMs)
        : await queue.completeScrape(tx, claim);
      if (!ours) throw new LeaseLost();
      const recorded = await recordOutcome(tx, {
        jobId: claim.jobId,
        attempt: claim.attempt,
        workerId,
        outcome,
        final: !again,
        storeStartedAt,
      });
      if (recorded === "refused") throw new LeaseLost();
      return recorded;
    });
  } catch (error) {
    if (error instanceof LeaseLost) return "refused";
    throw error;
  }
}
