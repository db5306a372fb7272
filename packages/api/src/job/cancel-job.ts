import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { jobs } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { recordAudit } from "../audit/record-audit.ts";
import { type Promoting, promoteJobs } from "../backlog/promote-jobs.ts";
import { countFinished } from "../batch/count-finished.ts";
import { holdBatch } from "../batch/hold-batch.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { ATTEMPT } from "./attempt.state.ts";
import { CANCELLED } from "./failure-sentences.ts";
import { getJob } from "./get-job.ts";
import { getJobPlace } from "./get-job-place.ts";
import type { JobDetail } from "./job.contract.ts";
import { JOB } from "./job.state.ts";

export interface JobCanceller extends Caller {
  queue: Promoting & Pick<Queue, "withdrawJobs">;
}

const open = defineStatement(
  `select job_id from jobs where job_id = :jobId::uuid and ${JOB.may("cancel", "status")} for no key update`,
  { job_id: jobs.jobId },
);

const cancelled = defineStatement(
  `with attempt as (
     update app.job_attempts set outcome = ${ATTEMPT.to("cancel")}, ended_at = clock_timestamp(), error_code = :code
     where job_id = :jobId::uuid and ${ATTEMPT.may("cancel", "outcome")}
   ),
   side as (
     update app.scrape_jobs set due_at = null where job_id = :jobId::uuid
   )
   update jobs set status = ${JOB.to("cancel")}, completed_at = clock_timestamp(),
     updated_at = timezone('utc', clock_timestamp())
   where job_id = :jobId::uuid`,
);

/**
 * Ends a job that waits or runs; its place in the batch goes to the next. A worker at its site notices within two seconds,
 * and what it would write is refused. With the last job of a batch the batch ends. A job that is over is answered as it is.
 *
 * Locks in the order every writer keeps: queue message, job, batch, window.
 * @throws DomainError NOT_FOUND
 */
export async function cancelJob(
  tx: Tx,
  caller: JobCanceller,
  jobIdText: string,
): Promise<JobDetail> {
  const { tenantId } = caller.actor;
  const { jobId, batchId } = await getJobPlace(tx, tenantId, jobIdText);
  await holdBatch(tx, { batchId, tenantId });
  await caller.queue.withdrawJobs(tx, [jobId]);
  if (await executeRawSqlOne(tx, open, { jobId })) {
    await executeRawSql(tx, cancelled, { jobId, code: CANCELLED });
    await countFinished(tx, [{ batchId, complete: 0, failed: 0, cancelled: 1 }]);
    await promoteJobs(tx, caller.queue, [batchId]);
    await recordAudit(tx, caller, {
      action: "jobs.cancel",
      targetType: "job",
      targetId: jobId,
      detail: { batch: batchId },
    });
  }
  return getJob(tx, tenantId, jobId, contactReaderOf(caller.actor));
}
