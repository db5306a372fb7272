import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchRemovals } from "@scrapersky/db/schema";
import { REMOVAL } from "./batch-removal.state.ts";

/** Jobs that go in one transaction, with their attempts. */
const JOBS_MAX = 1_000;
/** Lines of a list that do. */
const LINES_MAX = 5_000;

const due = defineStatement(
  `update app.batch_removals set state = ${REMOVAL.to("begin")}
   where batch_id = (
     select batch_id from app.batch_removals
     where due_at <= now() and (${REMOVAL.is("removing", "state")} or ${REMOVAL.may("begin", "state")})
     order by due_at limit 1 for update skip locked
   )
   returning batch_id`,
  { batch_id: batchRemovals.batchId },
);

const jobsGone = defineStatement(
  `with few as (
     select id from jobs where batch_id = :batchId::uuid order by id limit ${JOBS_MAX} for update
   ),
   gone as (
     delete from jobs j using few where j.id = few.id returning 1
   )
   select count(*)::int as count from gone`,
  { count: "int4" },
);

const linesGone = defineStatement(
  `with gone as (
     delete from app.batch_lines where ctid = any(array(
       select ctid from app.batch_lines where batch_id = :batchId::uuid limit ${LINES_MAX}
     ))
     returning 1
   )
   select count(*)::int as count from gone`,
  { count: "int4" },
);

const batchGone = defineStatement("delete from batch_jobs where batch_id = :batchId::uuid");

/**
 * Takes one step in the removal of a batch that was deleted, the longest due: some of its jobs, then of its lines, then the batch with
 * whatever is left of it. What it found stays. Call it in a transaction of its own; a batch that another is at is left alone.
 * @returns whether there was something to do
 */
export async function removeNextOfBatch(tx: Tx): Promise<boolean> {
  const removal = await executeRawSqlOne(tx, due, {});
  if (!removal) return false;
  const place = { batchId: removal.batch_id };
  if ((await executeRawSqlOne(tx, jobsGone, place))?.count) return true;
  if ((await executeRawSqlOne(tx, linesGone, place))?.count) return true;
  await executeRawSql(tx, batchGone, place);
  return true;
}
