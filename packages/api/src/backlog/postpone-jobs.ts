import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { scrapeJobs } from "@scrapersky/db/schema";
import { JOB } from "../job/job.state.ts";

/** Pauses of a job that waits for its site double up to this. */
const WAIT_SECONDS_MAX = 30;

const postponed = defineStatement(
  `update app.scrape_jobs s
   set due_at = now() + least(2 ^ least(s.waits, 10), ${WAIT_SECONDS_MAX}) * (0.5 + random() / 2) * interval '1 s',
     waits = s.waits + 1
   from jobs j
   where s.job_id = any(:jobIds::uuid[]) and j.job_id = s.job_id and ${JOB.may("claim", "j.status")}
   returning s.batch_id`,
  { batch_id: scrapeJobs.batchId },
);

/**
 * Puts jobs that have left the queue unclaimed back into the backlog: they hold no place of their batch and use no
 * attempt. Each time a job waits longer, so that many who wait for one site cost little.
 * @returns their batches, which have places to promote to
 */
export async function postponeJobs(tx: Tx, jobIds: readonly string[]): Promise<string[]> {
  if (jobIds.length === 0) return [];
  const rows = await executeRawSql(tx, postponed, { jobIds });
  return rows.map((row) => row.batch_id);
}
