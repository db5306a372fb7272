import { certain, defineStatement, executeRawSql, type Reader, type Tx } from "@scrapersky/db";
import { jobs } from "@scrapersky/db/schema";
import { countFinished } from "../batch/count-finished.ts";
import { isKeptBack } from "../batch/is-cancelling.ts";
import { ATTEMPT } from "./attempt.state.ts";
import { sentenceOf, WORKER_LOST } from "./failure-sentences.ts";
import { JOB } from "./job.state.ts";

const open = defineStatement(
  `select job_id, batch_id from jobs where job_id = any(:jobIds::uuid[]) and ${JOB.may("lose", "status")}
   order by id for no key update`,
  // Only jobs of a batch have messages that a queue could lose.
  { job_id: jobs.jobId, batch_id: certain(jobs.batchId) },
);

const lost = defineStatement(
  `with attempt as (
     update app.job_attempts
     set outcome = ${ATTEMPT.to("lose")}, ended_at = clock_timestamp(), error_code = :code, error = :message
     where job_id = any(:jobIds::uuid[]) and ${ATTEMPT.may("lose", "outcome")}
   ),
   side as (
     update app.scrape_jobs set error_code = :code, due_at = null where job_id = any(:jobIds::uuid[])
   )
   update jobs set status = ${JOB.to("lose")}, error = :message, completed_at = clock_timestamp(),
     updated_at = timezone('utc', clock_timestamp())
   where job_id = any(:jobIds::uuid[])`,
);

/**
 * Fails jobs whose worker vanished on their last attempt, so that their batches can end.
 * @returns the batches of those that it failed, which have places free now
 */
export async function recordLost(tx: Tx, jobIds: readonly string[]): Promise<string[]> {
  const rows = await executeRawSql(tx, open, { jobIds });
  if (rows.length === 0) return [];
  await executeRawSql(tx, lost, {
    code: WORKER_LOST,
    message: sentenceOf(WORKER_LOST),
    jobIds: rows.map((job) => job.job_id),
  });
  const failedByBatch = Map.groupBy(rows, (job) => job.batch_id);
  await countFinished(
    tx,
    Array.from(failedByBatch, ([batchId, { length: failed }]) => ({
      batchId,
      complete: 0,
      failed,
      cancelled: 0,
    })),
  );
  return [...failedByBatch.keys()];
}

const stopped = defineStatement(
  `select j.job_id from jobs j
   where j.job_id = any(:jobIds::uuid[]) and (
     not ${JOB.is("running", "j.status")}
     or ${isKeptBack("j.batch_id")}
     or not exists (select from tenants t where t.id = j.tenant_id_uuid and t.is_active)
   )`,
  { job_id: jobs.jobId },
);

/** Of jobs believed to be running, those whose scrapes should stop: they are over, their batch is paused or cancelling, or their tenant is switched off. */
export async function findCancelled(reader: Reader, jobIds: readonly string[]): Promise<string[]> {
  if (jobIds.length === 0) return [];
  const rows = await executeRawSql(reader, stopped, { jobIds });
  return rows.map((row) => row.job_id);
}
