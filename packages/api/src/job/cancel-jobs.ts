import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { type Promoting, promoteJobs } from "../backlog/promote-jobs.ts";
import { countFinished } from "../batch/count-finished.ts";
import { holdBatches } from "../batch/hold-batches.ts";
import { ATTEMPT } from "./attempt.state.ts";
import { CANCELLED } from "./failure-sentences.ts";
import { findJobBatches } from "./find-job-batches.ts";
import { JOB } from "./job.state.ts";

/** The part of the queue that cancelling jobs needs. */
export type Withdrawing = Promoting & Pick<Queue, "withdrawJobs">;

const open = defineStatement(
  `select j.job_id, s.batch_id from jobs j join app.scrape_jobs s on s.job_id = j.job_id
   where j.job_id = any(:jobIds::uuid[]) and ${JOB.may("cancel", "j.status")} order by j.id for no key update of j`,
  { job_id: jobs.jobId, batch_id: scrapeJobs.batchId },
);

const cancelled = defineStatement(
  `with attempt as (
     update app.job_attempts set outcome = ${ATTEMPT.to("cancel")}, ended_at = clock_timestamp(), error_code = :code
     where job_id = any(:jobIds::uuid[]) and ${ATTEMPT.may("cancel", "outcome")}
   ),
   side as (
     update app.scrape_jobs set due_at = null where job_id = any(:jobIds::uuid[])
   )
   update jobs set status = ${JOB.to("cancel")}, completed_at = clock_timestamp(),
     updated_at = timezone('utc', clock_timestamp())
   where job_id = any(:jobIds::uuid[])`,
);

/**
 * Ends those of a tenant's jobs that wait or run; their places in their batches go to the next. A worker at a site of theirs
 * notices within two seconds, and what it would write is refused. With the last job of a batch the batch ends.
 *
 * Locks in the order every writer keeps: queue message, job, batch, window.
 * @returns the ids of those that were ended
 */
export async function cancelJobs(
  tx: Tx,
  queue: Withdrawing,
  { tenantId, jobIds }: { tenantId: string; jobIds: readonly string[] },
): Promise<Set<string>> {
  const batchOf = await findJobBatches(tx, tenantId, jobIds);
  if (batchOf.size === 0) return new Set();
  await holdBatches(tx, { batchIds: [...batchOf.values()], tenantId });
  const own = [...batchOf.keys()];
  await queue.withdrawJobs(tx, own);
  const ending = await executeRawSql(tx, open, { jobIds: own });
  if (ending.length === 0) return new Set();
  const ended = new Set(ending.map((row) => row.job_id));
  await executeRawSql(tx, cancelled, { jobIds: [...ended], code: CANCELLED });
  const counts = new Map<string, number>();
  for (const row of ending) counts.set(row.batch_id, (counts.get(row.batch_id) ?? 0) + 1);
  await countFinished(
    tx,
    Array.from(counts, ([batchId, count]) => ({
      batchId,
      complete: 0,
      failed: 0,
      cancelled: count,
    })),
  );
  await promoteJobs(tx, queue, [...counts.keys()]);
  return ended;
}
