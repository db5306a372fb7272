import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";

// What changes a job without its line, or a batch without a job, has to be noted by whoever writes it: triggers see lines only.

/** Ids of a row of changes: as many as are told at once. */
const IDS_OF_ROW = 100;

/**
 * SQL of a part of a statement that notes jobs, and their batch if it is given.
 * @param jobs SQL of rows with a `job_id`
 */
export const noteJobsOf = (jobs: string, batchIds = "'{}'"): string =>
  `insert into app.changed_work (tenant_id, job_ids, batch_ids)
   select :tenantId::uuid, array_agg(noted.job_id), ${batchIds}
   from (select of.job_id, (row_number() over () - 1) / ${IDS_OF_ROW} as part from ${jobs} of) noted
   group by noted.part`;

const jobsNoted = defineStatement(
  noteJobsOf(
    "(select unnest(:jobIds::uuid[]) as job_id)",
    "case when :batchId::uuid is null then '{}' else array[:batchId::uuid] end",
  ),
);

const batchesNoted = defineStatement(
  "insert into app.changed_work (tenant_id, batch_ids) values (:tenantId::uuid, :batchIds::uuid[])",
);

const jobsOfBatchNoted = defineStatement(
  noteJobsOf(
    "(select job_id from app.scrape_jobs where batch_id = :batchId::uuid order by position)",
  ),
);

/** Tells programs that keep a copy of jobs that these were written, and their batch with them where it is given. */
export async function noteJobs(
  tx: Tx,
  tenantId: string,
  { jobIds, batchId = null }: { jobIds: readonly string[]; batchId?: string | null },
): Promise<void> {
  if (jobIds.length > 0) await executeRawSql(tx, jobsNoted, { tenantId, jobIds, batchId });
}

/** Which batch of which tenant. */
interface NotedBatch {
  tenantId: string;
  batchId: string;
}

/** Tells programs that keep a copy of batches that these were written. */
export async function noteBatches(
  tx: Tx,
  tenantId: string,
  batchIds: readonly string[],
): Promise<void> {
  if (batchIds.length > 0) await executeRawSql(tx, batchesNoted, { tenantId, batchIds });
}

export const noteBatch = (tx: Tx, { tenantId, batchId }: NotedBatch): Promise<void> =>
  noteBatches(tx, tenantId, [batchId]);

/** The same of a batch with all its jobs, which are hidden with it or shown again: half a second for a hundred thousand. */
export async function noteBatchWithJobs(tx: Tx, batch: NotedBatch): Promise<void> {
  await executeRawSql(tx, jobsOfBatchNoted, { ...batch });
  await noteBatch(tx, batch);
}
