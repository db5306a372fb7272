import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import { noteBatch, noteJobsOf } from "../change/note-work.ts";
import { ATTEMPT } from "../job/attempt.state.ts";
import { CANCELLED } from "../job/failure-sentences.ts";
import { JOB } from "../job/job.state.ts";
import { BATCH } from "./batch.state.ts";

/** The part of the queue that cancelling a batch needs. */
export type Emptying = Pick<Queue, "withdrawScrapes">;

/** Which batch of which tenant. */
export interface CancelledBatch {
  batchId: string;
  tenantId: string;
}

const OF_BATCH = "batch_id = :batchId::uuid and tenant_id_uuid = :tenantId::uuid";

// Running jobs are the few that somebody else may hold, so they are locked first and in the order of everybody.
const runningCancelled = defineStatement(
  `with running as (
     select id, job_id from jobs where ${OF_BATCH} and ${JOB.is("running", "status")} order by id for no key update
   ),
   attempt as (
     update app.job_attempts a set outcome = ${ATTEMPT.to("cancel")}, ended_at = now(), error_code = :code
     from running where a.job_id = running.job_id and ${ATTEMPT.may("cancel", "a.outcome")}
   ),
   cancelled as (
     update jobs j set status = ${JOB.to("cancel")}, completed_at = now(), updated_at = timezone('utc', now())
     from running where j.id = running.id and ${JOB.may("cancel", "j.status")}
     returning j.job_id
   ),
   noted as (${noteJobsOf("cancelled")})
   select count(*)::int as jobs from cancelled`,
  { jobs: "int4" },
);

const jobsCancelled = defineStatement(
  `with cancelled as (
     update jobs set status = ${JOB.to("cancel")}, completed_at = now(), updated_at = timezone('utc', now())
     where ${OF_BATCH} and ${JOB.may("cancel", "status")}
     returning job_id
   ),
   noted as (${noteJobsOf("cancelled")})
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
 * Takes what the queue has of a batch, and cancels the jobs that run: whoever is at their sites may write nothing any more.
 * @returns how many ran
 */
export async function cancelRunning(
  tx: Tx,
  queue: Emptying,
  batch: CancelledBatch,
): Promise<number> {
  await queue.withdrawScrapes(tx, batch);
  const row = await executeRawSqlOne(tx, runningCancelled, { ...batch, code: CANCELLED });
  return row?.jobs ?? 0;
}

/**
 * Cancels all that waits of a batch, and the batch, after what ran.
 * @returns how many jobs waited
 */
export async function endCancelled(tx: Tx, batch: CancelledBatch): Promise<number> {
  const waiting = await executeRawSqlOne(tx, jobsCancelled, batch);
  await executeRawSql(tx, batchCancelled, batch);
  await noteBatch(tx, batch);
  return waiting?.jobs ?? 0;
}
