import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { cancelJobs, type Withdrawing } from "./cancel-jobs.ts";
import { getJob } from "./get-job.ts";
import { getJobPlace } from "./get-job-place.ts";
import type { JobDetail } from "./job.contract.ts";

export interface JobCanceller extends Caller {
  queue: Withdrawing;
}

/**
 * Ends a job that waits or runs; a job that is over is answered as it is.
 * @throws DomainError NOT_FOUND
 */
export async function cancelJob(
  tx: Tx,
  caller: JobCanceller,
  jobIdText: string,
): Promise<JobDetail> {
  const { tenantId } = caller.actor;
  const { jobId, batchId } = await getJobPlace(tx, tenantId, jobIdText);
  const ended = await cancelJobs(tx, caller.queue, { tenantId, jobIds: [jobId] });
  if (ended.has(jobId)) {
    await recordAudit(tx, caller, {
      action: "jobs.cancel",
      targetType: "job",
      targetId: jobId,
      detail: { batch: batchId },
    });
  }
  return getJob(tx, tenantId, jobId, contactReaderOf(caller.actor));
}
