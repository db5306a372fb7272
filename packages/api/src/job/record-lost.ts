import { executeRawSql, type Reader, type Tx } from "@scrapersky/db";
import { countFinished } from "../batch/count-finished.ts";
import { ATTEMPT } from "./attempt.state.ts";
import { sentenceOf } from "./failure-sentences.ts";
import { JOB } from "./job.state.ts";

const WORKER_LOST = "worker_lost";

/** Fails jobs whose worker vanished on their last attempt, so that their batches can end. */
export async function recordLost(tx: Tx, jobIds: readonly string[]): Promise<void> {
  const params = { jobIds: [...jobIds], code: WORKER_LOST, message: sentenceOf(WORKER_LOST) };
  const open = await executeRawSql<{ job_id: string; batch_id: string }>(
    tx,
    `select job_id, batch_id from jobs where job_id = any(:jobIds::uuid[]) and ${JOB.may("lose", "status")}
     order by id for no key update`,
    { jobIds: params.jobIds },
  );
  if (open.length === 0) return;
  await executeRawSql(
    tx,
    `with attempt as (
       update app.job_attempts
       set outcome = ${ATTEMPT.to("lose")}, ended_at = clock_timestamp(), error_code = :code, error = :message
       where job_id = any(:jobIds::uuid[]) and ${ATTEMPT.may("lose", "outcome")}
     ),
     side as (
       update app.scrape_jobs set error_code = :code where job_id = any(:jobIds::uuid[])
     )
     update jobs set status = ${JOB.to("lose")}, error = :message, completed_at = clock_timestamp(),
       updated_at = timezone('utc', clock_timestamp())
     where job_id = any(:jobIds::uuid[])`,
    { ...params, jobIds: open.map((job) => job.job_id) },
  );
  const failedByBatch = Map.groupBy(open, (job) => job.batch_id);
  for (const batchId of [...failedByBatch.keys()].toSorted()) {
    const failed = failedByBatch.get(batchId)?.length ?? 0;
    await countFinished(tx, { batchId, complete: 0, failed, pages: 0 });
  }
}

/** Of jobs believed to be running, those that no longer are: their scrapes should stop. */
export async function findCancelled(reader: Reader, jobIds: readonly string[]): Promise<string[]> {
  if (jobIds.length === 0) return [];
  const rows = await executeRawSql<{ job_id: string }>(
    reader,
    `select job_id from jobs where job_id = any(:jobIds::uuid[]) and not ${JOB.is("running", "status")}`,
    { jobIds: [...jobIds] },
  );
  return rows.map((row) => row.job_id);
}
