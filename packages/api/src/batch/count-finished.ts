import { executeRawSql, type Tx } from "@scrapersky/db";

/** Jobs of one batch that reached their end in this transaction. */
export interface FinishedJobs {
  batchId: string;
  complete: number;
  failed: number;
  /** Pages the jobs have stored. */
  pages: number;
}

/**
 * Adds finished jobs to their batch's counters and ends the batch with its last job. Call it as the
 * last statement of the transaction that ends the jobs: every worker of a batch waits for this row, so
 * it must be held for nothing but the commit.
 */
export async function countFinished(tx: Tx, finished: FinishedJobs): Promise<void> {
  await executeRawSql(
    tx,
    `update batch_jobs b set
       completed_domains = b.completed_domains + f.complete,
       failed_domains = b.failed_domains + f.failed,
       progress = (b.completed_domains + b.failed_domains + f.complete + f.failed)::float8 / greatest(b.total_domains, 1),
       batch_metadata = coalesce(b.batch_metadata, '{}')
         || jsonb_build_object('pages', coalesce((b.batch_metadata->>'pages')::int, 0) + f.pages),
       updated_at = timezone('utc', clock_timestamp()),
       status = case
         when b.completed_domains + b.failed_domains + f.complete + f.failed < b.total_domains then b.status
         when b.failed_domains + f.failed = 0 then 'complete'
         when b.completed_domains + f.complete = 0 then 'failed'
         else 'partial' end,
       error = case
         when b.completed_domains + b.failed_domains + f.complete + f.failed >= b.total_domains
           and b.completed_domains + f.complete = 0 then 'None of the sites could be scraped.'
         else b.error end,
       end_time = case
         when b.completed_domains + b.failed_domains + f.complete + f.failed >= b.total_domains
           then timezone('utc', clock_timestamp()) end,
       processing_time = case
         when b.completed_domains + b.failed_domains + f.complete + f.failed >= b.total_domains
           then extract(epoch from timezone('utc', clock_timestamp()) - coalesce(b.start_time, b.created_at)) end
     from (select :complete::int as complete, :failed::int as failed, :pages::int as pages) f
     where b.batch_id = :batchId::uuid and b.status in ('pending', 'running')`,
    { ...finished },
  );
}
