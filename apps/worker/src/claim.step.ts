import { endSuppressed, postponeJobs, promoteJobs, startJobs } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue, ScrapeClaim, Visiting } from "@scrapersky/queue";
import { claiming } from "./traced.ts";

/**
 * Leases up to `limit` domains and marks their jobs running, in one transaction. What cannot be worked on gives its
 * place to the next of its batch: a site that somebody is at goes back to the backlog for a while, and so does the job
 * of a tenant that is switched off; a job that is over (cancelled meanwhile) is dropped, and one whose site its tenant
 * suppresses has failed. `visiting` are the sites that this worker has not left yet.
 */
export async function claimJobs(
  db: Db,
  queue: Queue,
  workerId: string,
  limit: number,
  visiting: readonly Visiting[] = [],
): Promise<ScrapeClaim[]> {
  return claiming(() => claim(db, queue, workerId, limit, visiting));
}

function claim(
  db: Db,
  queue: Queue,
  workerId: string,
  limit: number,
  visiting: readonly Visiting[],
): Promise<ScrapeClaim[]> {
  return db.transaction(async (tx) => {
    const { claims, busy } = await queue.claimScrapes(tx, limit, visiting);
    const batchIds = await postponeJobs(tx, busy);
    const { started, refused } =
      claims.length === 0
        ? { started: [], refused: [] }
        : await startJobs(tx, { workerId, claims });
    const out = new Set([...refused, ...(await endSuppressed(tx, workerId, started))]);
    const unfit = claims.filter((claim) => out.has(claim.jobId));
    await queue.settleScrapes(tx, unfit);
    await postponeJobs(tx, refused);
    await promoteJobs(tx, queue, [...batchIds, ...unfit.map(({ batchId }) => batchId)]);
    return claims.filter((claim) => !out.has(claim.jobId));
  });
}
