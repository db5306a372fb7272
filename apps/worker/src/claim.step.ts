import { startJobs } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue, ScrapeClaim, Visiting } from "@scrapersky/queue";

/**
 * Leases up to `limit` domains and marks their jobs running, in one transaction. A message whose job
 * is over already (cancelled meanwhile) leaves the queue without being worked on. `visiting` are the
 * sites that this worker has not left yet.
 */
export async function claimJobs(
  db: Db,
  queue: Queue,
  workerId: string,
  limit: number,
  visiting: readonly Visiting[] = [],
): Promise<ScrapeClaim[]> {
  return db.transaction(async (tx) => {
    const claims = await queue.claimScrapes(tx, limit, visiting);
    if (claims.length === 0) return [];
    const { refused } = await startJobs(tx, { workerId, claims });
    const over = new Set(refused);
    for (const claim of claims) {
      if (over.has(claim.jobId)) await queue.completeScrape(tx, claim);
    }
    return claims.filter((claim) => !over.has(claim.jobId));
  });
}
