import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import { recordAudit } from "../audit/record-audit.ts";
import { ATTEMPT } from "../job/attempt.state.ts";
import { CANCELLED } from "../job/failure-sentences.ts";
import { JOB } from "../job/job.state.ts";
import { noteEnded } from "../notification/note-ended.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BatchProgress } from "./batch.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";
import { BATCH } from "./batch.state.ts";
import { getBatchId } from "./find-batch-id.ts";
import { holdBatch } from "./hold-batch.ts";

export interface BatchCanceller extends Caller {
  queue: Pick<Queue, "withdrawScrapes">;
}

// Running jobs are the few that somebody else may hold, so they are locked first and in the order of everybody.
const attemptsCancelled = defineStatement(
  `with running as (
     select job_id from jobs
     where batch_id = :batchId::uuid and tenant_id_uuid = :tenantId::uuid and ${JOB.is("running", "status")}
     order by id for no key update
   )
   update app.job_attempts a set outcome = ${ATTEMPT.to("cancel")}, ended_at = now(), error_code = :code
   from running where a.job_id = running.job_id and ${ATTEMPT.may("cancel", "a.outcome")}`,
);

const jobsCancelled = defineStatement(
  `with cancelled as (
     update jobs set status = ${JOB.to("cancel")}, completed_at = now(), updated_at = timezone('utc', now())
     where batch_id = :batchId::uuid and tenant_id_uuid = :tenantId::uuid and ${JOB.may("cancel", "status")}
     returning 1
   )
   select count(*)::int as jobs from cancelled`,
  { jobs: "int4" },
);

// The last job may have ended while the locks were awaited: then the batch has its own ending.
const batchCancelled = defineStatement(
  `update batch_jobs set status = ${BATCH.to("cancel")}, error = 'Batch cancelled by user',
     end_time = timezone('utc', now()), updated_at = timezone('utc', now()),
     processing_time = extract(epoch from timezone('utc', now()) - coalesce(start_time, timezone('utc', now())))
   where batch_id = :batchId::uuid and tenant_id = :tenantId::uuid and ${BATCH.may("cancel", "status")}`,
);

/**
 * Ends a batch: its unfinished jobs and their queue messages are cancelled, finished ones stay. A worker
 * in the middle of a domain notices within two seconds, and what it would write is refused. A batch that
 * has ended already is answered as it is.
 *
 * Locks in the order every writer keeps: queue message, job, domain, batch.
 * @throws DomainError NOT_FOUND
 */
export async function cancelBatch(
  tx: Tx,
  caller: BatchCanceller,
  batchName: string,
): Promise<BatchProgress> {
  const batchId = await getBatchId(tx, caller.actor.tenantId, batchName);
  const place = { batchId, tenantId: caller.actor.tenantId };
  if (BATCH.can("cancel", await holdBatch(tx, place))) {
    const cancelled = await cancelJobs(tx, caller, place);
    await noteEnded(tx, [batchId], caller.actor.id);
    await recordAudit(tx, caller, {
      action: "batches.cancel",
      targetType: "batch",
      targetId: batchId,
      detail: { cancelled },
    });
  }
  return getBatchProgress(tx, caller.actor.tenantId, batchId);
}

async function cancelJobs(
  tx: Tx,
  { queue }: BatchCanceller,
  place: { batchId: string; tenantId: string },
): Promise<number> {
  await queue.withdrawScrapes(tx, place);
  await executeRawSql(tx, attemptsCancelled, { ...place, code: CANCELLED });
  const cancelled = await executeRawSqlOne(tx, jobsCancelled, place);
  await executeRawSql(tx, batchCancelled, place);
  return cancelled?.jobs ?? 0;
}
