import {
  type EndedAttempt,
  promoteJobs,
  recordOutcomes,
  type StorageFailure,
} from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { ScrapeOutcome } from "@scrapersky/outcome";
import type { Queue, ScrapeClaim } from "@scrapersky/queue";
import { recording } from "./traced.ts";

/** What a scrape said, to be recorded. */
export interface Finding {
  claim: ScrapeClaim;
  outcome: ScrapeOutcome | StorageFailure;
}

/**
 * Writes what scrapes found, their jobs' ends, the counters of their batches and the queue's completion, and sends the
 * next of each batch: all or nothing. The answer says by job how its attempt ended. Missing in it are jobs that were cancelled or are another worker's
 * now; of those nothing is written.
 */
export async function recordScrapes(
  db: Db,
  queue: Queue,
  workerId: string,
  findings: readonly Finding[],
): Promise<Map<string, EndedAttempt>> {
  return recording(findings, () => record(db, queue, workerId, findings));
}

function record(
  db: Db,
  queue: Queue,
  workerId: string,
  findings: readonly Finding[],
): Promise<Map<string, EndedAttempt>> {
  const storeStartedAt = performance.now();
  return db.transaction(async (tx) => {
    const ours = await queue.settleScrapes(
      tx,
      findings.map(({ claim }) => claim),
    );
    const recorded = await recordOutcomes(
      tx,
      findings
        .filter(({ claim }) => ours.has(claim.jobId))
        .map(({ claim, outcome }) => ({
          jobId: claim.jobId,
          attempt: claim.attempt,
          workerId,
          outcome,
          final: claim.last,
          storeStartedAt,
        })),
    );
    await promoteJobs(
      tx,
      queue,
      recorded.map(({ batchId }) => batchId),
    );
    return new Map(recorded.map((ended) => [ended.jobId, ended]));
  });
}
