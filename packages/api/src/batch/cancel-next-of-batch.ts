import {
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  nullable,
  type Reader,
  type Tx,
  typed,
} from "@scrapersky/db";
import { batchJobs, batchWindows } from "@scrapersky/db/schema";
import { noteJobsOf } from "../change/note-work.ts";
import { JOB } from "../job/job.state.ts";
import { takeLock } from "../lock/take-lock.ts";
import { noteEnded } from "../notification/note-ended.ts";
import type { BatchStatus } from "../status.ts";
import { BATCH } from "./batch.state.ts";
import { WINDOW } from "./batch-window.state.ts";
import {
  type CancelledBatch,
  cancelRunning,
  type Emptying,
  endCancelled,
} from "./end-cancelled.ts";

/** Jobs that are cancelled in one transaction. */
const JOBS_MAX = 1_000;
/** Batches that are told at once. */
const BATCHES_MAX = 20;

const cancelling = defineStatement(
  `select w.batch_id, b.tenant_id from app.batch_windows w join batch_jobs b on b.batch_id = w.batch_id
   where ${WINDOW.is("cancelling", "w.state")} order by w.batch_id limit ${BATCHES_MAX}`,
  { batch_id: batchWindows.batchId, tenant_id: batchJobs.tenantId },
);

const standing = defineStatement(
  `select b.status, w.next_position as "from", w.cancelled_by
   from app.batch_windows w join batch_jobs b on b.batch_id = w.batch_id
   where w.batch_id = :batchId::uuid and ${WINDOW.is("cancelling", "w.state")}`,
  {
    status: typed<BatchStatus>(batchJobs.status),
    from: batchWindows.nextPosition,
    cancelled_by: batchWindows.cancelledBy,
  },
);

// By its lines, of which each is looked at once: in the index by state the entries of those before would be passed each time.
const someCancelled = defineStatement(
  `with few as materialized (
     select job_id, position from app.scrape_jobs
     where batch_id = :batchId::uuid
       and position between :from::int and (select app.jobs_until(:batchId::uuid, :from::int, ${JOBS_MAX}))
   ),
   waiting as (
     select j.id from few join jobs j on j.job_id = few.job_id and ${JOB.may("cancel", "j.status")}
     order by j.id for no key update of j
   ),
   cancelled as (
     update jobs j set status = ${JOB.to("cancel")}, completed_at = now(), updated_at = timezone('utc', now())
     from waiting where j.id = waiting.id
     returning j.job_id
   ),
   noted as (${noteJobsOf("cancelled", "array[:batchId::uuid]")})
   select (select count(*)::int from cancelled) as jobs, count(*)::int as "lines", max(position) + 1 as "next" from few`,
  { jobs: "int4", lines: "int4", next: nullable("int4") },
);

const kept = defineStatement(
  `update app.batch_windows set next_position = :next::int, cancelled = cancelled + :jobs::int
   where batch_id = :batchId::uuid`,
);

const closed = defineStatement("delete from app.batch_windows where batch_id = :batchId::uuid");

/** Batches that were cancelled and have jobs left. */
export async function findCancelling(reader: Reader): Promise<CancelledBatch[]> {
  const rows = await executeRawSql(reader, cancelling, {});
  return rows.map((row) => ({ batchId: row.batch_id, tenantId: row.tenant_id }));
}

/**
 * Takes one step in the cancelling of a large batch: first what runs of it or is in the queue, then some of what waits, and
 * with the last of that the batch. Call it in a transaction of its own. Nothing happens to a batch that is not cancelling, or not any more.
 *
 * Locks in the order every writer keeps: queue message, job, batch, window.
 * @returns whether there is more to do
 */
export async function cancelNextOfBatch(
  tx: Tx,
  queue: Emptying,
  place: CancelledBatch,
): Promise<boolean> {
  const { batchId } = place;
  await takeLock(tx, "batch", batchId);
  const batch = await executeRawSqlOne(tx, standing, { batchId });
  if (!batch) return false;
  if (BATCH.can("cancel", batch.status)) {
    const running = await cancelRunning(tx, queue, place);
    if (batch.from === null) {
      // First and by itself, so that who cancels waits for it and for no rows: from its commit on nothing is written.
      await executeRawSql(tx, kept, { batchId, next: 0, jobs: running });
      return true;
    }
    const some = await executeRawSqlOne(tx, someCancelled, { ...place, from: batch.from });
    if (some?.lines === JOBS_MAX) {
      const jobs = running + some.jobs;
      await executeRawSql(tx, kept, { batchId, next: some.next, jobs });
      return true;
    }
    // What a line does not lead to, in batches of the first system.
    await endCancelled(tx, place);
    await noteEnded(tx, [batchId], batch.cancelled_by);
  }
  await executeRawSql(tx, closed, { batchId });
  return false;
}
