import { executeRawSql, type Tx } from "@scrapersky/db";
import type { JobStatus } from "../status.ts";
import { isoTimeOrNull } from "../time.ts";
import type { BatchDomainStatuses, DomainStatus } from "./batch.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";

/** Above this many domains only running and failed ones are told. */
export const DOMAIN_STATUSES_MAX = 2000;

interface StatusRow {
  domain: string;
  status: JobStatus;
  job_id: string;
  started_at: string | null;
  completed_at: string | null;
  seconds: number | null;
  error: string | null;
}

/**
 * The batch and the state of each of its domains. Needs a repeatable read transaction, so that the two
 * statements see one snapshot and can never disagree.
 * @throws DomainError NOT_FOUND
 */
export async function getDomainStatuses(
  tx: Tx,
  tenantId: string,
  batchId: string,
): Promise<BatchDomainStatuses> {
  const batch = await getBatchProgress(tx, tenantId, batchId);
  const truncated = batch.total > DOMAIN_STATUSES_MAX;
  const rows = await executeRawSql<StatusRow>(
    tx,
    `select s.domain, j.status, j.job_id, j.started_at, j.completed_at, j.error,
       extract(epoch from coalesce(j.completed_at, now()) - j.started_at)::float8 as seconds
     from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where j.batch_id = :batchId::uuid and j.tenant_id_uuid = :tenantId::uuid
       and j.status = any(:statuses::text[])
     order by s.position
     limit :limit::int`,
    {
      batchId: batch.batchId,
      tenantId,
      statuses: truncated
        ? ["running", "failed"]
        : ["pending", "running", "complete", "failed", "cancelled"],
      limit: DOMAIN_STATUSES_MAX,
    },
  );
  return {
    batch,
    domains: Object.fromEntries(rows.map((row) => [row.domain, toDomainStatus(row)])),
    truncated,
  };
}

const toDomainStatus = (row: StatusRow): DomainStatus => ({
  status: row.status,
  jobId: row.job_id,
  startedAt: isoTimeOrNull(row.started_at),
  endedAt: isoTimeOrNull(row.completed_at),
  processingSeconds: row.seconds,
  error: row.error,
});
