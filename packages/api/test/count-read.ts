import { executeRawSqlOne, type Tx } from "@scrapersky/db";

/** Rows of jobs, lists, leads and addresses that this connection has read so far, as far as its server has not told it on: differences count. */
export async function countRead(tx: Tx): Promise<number> {
  const row = await executeRawSqlOne<{ rows: number }>(
    tx,
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows
     from pg_stat_xact_user_tables where relname in ('jobs', 'scrape_jobs', 'batch_lines', 'leads', 'lead_emails')`,
  );
  return row?.rows ?? 0;
}
