import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { jobs } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { ATTEMPT } from "../job/attempt.state.ts";
import { PAUSED } from "../job/failure-sentences.ts";
import { JOB } from "../job/job.state.ts";
import { LEAVING } from "../job/leaving.ts";
import { holdBatch } from "./hold-batch.ts";
import { findPaused } from "./is-paused.ts";

export type Withdrawing = Pick<Queue, "withdrawScrapes" | "withdrawJobs">;

const running = defineStatement(
  `select job_id from jobs
   where batch_id = :batchId::uuid and tenant_id_uuid = :tenantId::uuid and ${JOB.may("pause", "status")}`,
  { job_id: jobs.jobId },
);

// The number of a try that was broken off is used, so that no claim from before can write; it counts as one of an earlier run.
const brokenOff = defineStatement(
  `with visited as materialized (
     select s.job_id from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where j.job_id = any(:jobIds::uuid[]) and ${JOB.may("pause", "j.status")}
     order by j.id for no key update of j, s
   ),
   attempt as (
     update app.job_attempts a
     set outcome = ${ATTEMPT.to("pause")}, ended_at = clock_timestamp(), error_code = :code
     from visited where a.job_id = visited.job_id and ${ATTEMPT.may("pause", "a.outcome")}
   ),
   side as (
     update app.scrape_jobs s
     set earlier_attempts = s.earlier_attempts + 1, due_at = clock_timestamp() + ${LEAVING}
     from visited where s.job_id = visited.job_id
   )
   update jobs j set status = ${JOB.to("pause")}, updated_at = timezone('utc', clock_timestamp())
   from visited where j.job_id = visited.job_id`,
);

// In the order of the batch's list, before what has not been in the queue.
const waiting = defineStatement(
  `update app.scrape_jobs s set due_at = now() - interval '1 second' + s.position * interval '1 microsecond'
   from jobs j where s.job_id = any(:jobIds::uuid[]) and j.job_id = s.job_id and ${JOB.is("pending", "j.status")}
     and s.due_at is null`,
);

/**
 * Takes back what the queue has of a paused batch, claimed or not: it waits in the backlog, and goes before the others when
 * the batch goes on. A worker at one of its sites notices within two seconds, what it would write is refused, and
 * the try does not count. Nothing happens to a batch that is not paused, or not any more.
 *
 * Locks in the order every writer keeps: queue message, job.
 */
export async function withdrawPaused(
  tx: Tx,
  queue: Withdrawing,
  place: { batchId: string; tenantId: string },
): Promise<void> {
  await holdBatch(tx, place);
  if (!(await findPaused(tx, place.batchId))) return;
  const offered = await queue.withdrawScrapes(tx, place);
  // Those among them whose workers were lost have their message elsewhere by now.
  const begun = (await executeRawSql(tx, running, place)).map((row) => row.job_id);
  await queue.withdrawJobs(tx, begun);
  if (begun.length > 0) await executeRawSql(tx, brokenOff, { jobIds: begun, code: PAUSED });
  if (offered.length > 0) await executeRawSql(tx, waiting, { jobIds: offered });
}
