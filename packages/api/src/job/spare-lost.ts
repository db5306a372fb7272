import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { scrapeJobs } from "@scrapersky/db/schema";
import { ATTEMPT } from "./attempt.state.ts";
import { WORKER_LOST } from "./failure-sentences.ts";
import { JOB } from "./job.state.ts";
import type { RecordedJob } from "./record-outcome.ts";

/** Claims of one run of a job at most: a site that ends every worker before a sign of life is a fault of its own. */
const CLAIMS_MAX = 6;

const spared = defineStatement(
  `with lost as (
     select s.job_id, s.batch_id from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where j.job_id = any(:jobIds::uuid[]) and ${JOB.may("spare", "j.status")} and s.attempt - s.earlier_attempts < ${CLAIMS_MAX}
     order by j.id for no key update of j, s
   ),
   attempt as (
     update app.job_attempts a
     set outcome = ${ATTEMPT.to("lose")}, ended_at = clock_timestamp(), error_code = :code, error = :message
     from lost where a.job_id = lost.job_id and ${ATTEMPT.may("lose", "a.outcome")}
   ),
   side as (
     update app.scrape_jobs s set due_at = now() from lost where s.job_id = lost.job_id
   ),
   job as (
     update jobs j set status = ${JOB.to("spare")}, updated_at = timezone('utc', clock_timestamp())
     from lost where j.job_id = lost.job_id
   )
   select job_id, batch_id from lost`,
  { job_id: scrapeJobs.jobId, batch_id: scrapeJobs.batchId },
);

/**
 * Lets jobs have one more attempt whose workers vanished before they were at the site, so that workers which die of
 * something else use up nobody's last attempt. Missing in the answer are jobs that are over or were claimed too often.
 */
export async function spareLost(tx: Tx, jobIds: readonly string[]): Promise<RecordedJob[]> {
  if (jobIds.length === 0) return [];
  const message = "The worker stopped before it began.";
  const rows = await executeRawSql(tx, spared, { jobIds, code: WORKER_LOST, message });
  return rows.map((row) => ({ jobId: row.job_id, batchId: row.batch_id }));
}
