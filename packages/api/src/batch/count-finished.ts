import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { BATCH, batchEnding } from "./batch.state.ts";

/** Jobs of one batch that reached their end in this transaction. */
export interface FinishedJobs {
  batchId: string;
  complete: number;
  failed: number;
  /** Pages the jobs have stored. */
  pages: number;
}

// The counters of the batch `b` with the finished jobs `f` among them.
const COMPLETE = "b.completed_domains + f.complete";
const FAILED = "b.failed_domains + f.failed";
const IS_LAST = `${COMPLETE} + ${FAILED} >= b.total_domains`;
const ENDING = batchEnding({ complete: COMPLETE, failed: FAILED });

const counted = defineStatement(
  `update batch_jobs b set
     completed_domains = ${COMPLETE},
     failed_domains = ${FAILED},
     progress = (${COMPLETE} + ${FAILED})::float8 / greatest(b.total_domains, 1),
     batch_metadata = coalesce(b.batch_metadata, '{}')
       || jsonb_build_object('pages', coalesce((b.batch_metadata->>'pages')::int, 0) + f.pages),
     updated_at = timezone('utc', clock_timestamp()),
     status = case when ${IS_LAST} then ${ENDING} else b.status end,
     error = case
       when ${IS_LAST} and ${COMPLETE} = 0 then 'None of the sites could be scraped.'
       else b.error end,
     end_time = case when ${IS_LAST} then timezone('utc', clock_timestamp()) end,
     processing_time = case
       when ${IS_LAST}
         then extract(epoch from timezone('utc', clock_timestamp()) - coalesce(b.start_time, b.created_at)) end
   from (select :complete::int as complete, :failed::int as failed, :pages::int as pages) f
   where b.batch_id = :batchId::uuid and ${BATCH.may("finish", "b.status")}`,
);

/**
 * Adds finished jobs to their batch's counters and ends the batch with its last job. Call it as the
 * last statement of the transaction that ends the jobs: every worker of a batch waits for this row, so
 * it must be held for nothing but the commit.
 */
export async function countFinished(tx: Tx, finished: FinishedJobs): Promise<void> {
  await executeRawSql(tx, counted, { ...finished });
}
