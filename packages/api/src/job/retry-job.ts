import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import type { Promoting } from "../backlog/promote-jobs.ts";
import { holdBatch, requireRunnable } from "../batch/hold-batch.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { ERASED } from "../suppression/erase-pattern.ts";
import { getJob } from "./get-job.ts";
import { getJobPlace } from "./get-job-place.ts";
import type { JobDetail, JobRetryInput } from "./job.contract.ts";
import { tellOverrides } from "./tell-overrides.ts";
import { runAgain } from "./run-again.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

export interface JobRetrier extends Caller {
  queue: Promoting;
}

/**
 * Lets a job that failed or was cancelled run again, with as many tries as a new one; its earlier attempts stay. A batch that
 * was over is running again.
 * @throws DomainError NOT_FOUND; INVALID_STATE for a job in another state, a line that names no web site or was
 *   erased, and whatever is of a cancelled batch
 */
export async function retryJob(
  tx: Tx,
  caller: JobRetrier,
  { jobId: jobIdText, overrides }: JobRetryInput,
): Promise<JobDetail> {
  const { tenantId } = caller.actor;
  const { jobId, batchId } = await getJobPlace(tx, tenantId, jobIdText);
  requireRunnable(await holdBatch(tx, { batchId, tenantId }));
  const which = { jobIds: [jobId] };
  const again = { tenantId, batchIds: [batchId], which, overrides };
  const { count } = await runAgain(tx, caller.queue, again);
  const job = await getJob(tx, tenantId, jobId, contactReaderOf(caller.actor));
  if (count === 0) throw refusal(job);
  await recordAudit(tx, caller, {
    action: "jobs.retry",
    targetType: "job",
    targetId: jobId,
    detail: { batch: batchId, ...tellOverrides(overrides) },
  });
  return job;
}

const refusal = ({ errorCode, domain }: JobDetail): DomainError => {
  if (domain === ERASED) {
    return new DomainError("INVALID_STATE", "What this line named was erased for good.", {
      errorCode: "ERASED",
    });
  }
  return errorCode === INVALID_DOMAIN
    ? new DomainError("INVALID_STATE", "This line names no web site that could be scanned.", {
        errorCode: "NO_SITE",
      })
    : new DomainError("INVALID_STATE", "Only a job that failed or was cancelled can run again.", {
        errorCode: "JOB_CANNOT_RUN_AGAIN",
      });
};
