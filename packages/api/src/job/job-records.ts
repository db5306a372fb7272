import { executeRawSql, type Reader } from "@scrapersky/db";
import { findBatchId } from "../batch/find-batch-id.ts";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { isUuid } from "../identifier.ts";
import { readCursor, writeCursor } from "../list/cursor.ts";
import { pageOf } from "../list/page-of.ts";
import type { Page } from "../list.contract.ts";
import type { JobStatus } from "../status.ts";
import { isoTime } from "../time.ts";

export const JOB_RECORDS_OFFSET_MAX = 10_000;

export interface JobRecordsInput {
  limit: number;
  offset: number;
  /** From the page before, in place of an offset. */
  cursor?: string | undefined;
  status?: string | undefined;
  jobType?: string | undefined;
  /** Its uuid, or what the first system called it. */
  batchId?: string | undefined;
}

/** A job as its table holds it, which is how REST tells of it. Times are ISO 8601 in UTC. */
export interface StoredJob {
  id: number;
  jobId: string;
  jobType: string;
  tenantId: string;
  createdBy: string | null;
  status: JobStatus;
  domainId: string | null;
  domain: string | null;
  /** 0–100. */
  progress: number;
  resultData: Record<string, unknown> | null;
  error: string | null;
  jobMetadata: Record<string, unknown> | null;
  batchId: string | null;
  createdAt: string;
  updatedAt: string;
}

interface StoredJobRow {
  id: number;
  job_id: string;
  job_type: string;
  tenant_id: string;
  created_by: string | null;
  status: JobStatus;
  domain_id: string | null;
  domain: string | null;
  progress: number | null;
  result_data: Record<string, unknown> | null;
  error: string | null;
  job_metadata: Record<string, unknown> | null;
  batch_id: string | null;
  created_at: string;
  updated_at: string;
}

const COLUMNS = `
  select j.id, j.job_id, j.job_type, j.tenant_id, j.created_by, j.status, j.domain_id, s.domain, j.progress,
    j.result_data, j.error, j.job_metadata, j.batch_id, j.created_at, j.updated_at
  from jobs j left join app.scrape_jobs s on s.job_id = j.job_id`;

/**
 * Jobs as their table holds them, newest first, by offset or cursor.
 * @throws DomainError INVALID_INPUT for an offset too far down, or a cursor of another list
 */
export async function listJobRecords(
  reader: Reader,
  tenantId: string,
  input: JobRecordsInput,
): Promise<Page<StoredJob>> {
  const { cursor, limit, offset, ...filter } = input;
  if (offset > JOB_RECORDS_OFFSET_MAX) {
    throw new DomainError(
      "INVALID_INPUT",
      `offset is at most ${JOB_RECORDS_OFFSET_MAX}; go on with cursor.`,
      {
        errorCode: "OFFSET_TOO_LARGE",
        fieldErrors: {
          offset: `at most ${JOB_RECORDS_OFFSET_MAX}; use ?cursor= from X-Next-Cursor`,
        },
      },
    );
  }
  const batchId =
    filter.batchId === undefined ? undefined : await findBatchId(reader, tenantId, filter.batchId);
  if (batchId === undefined && filter.batchId !== undefined) return { items: [], nextCursor: null };
  const scope = ["jobs.records", tenantId, filter];
  const [beforeTime, beforeId] =
    cursor === undefined ? [null, null] : readCursor(scope, cursor, ["time", "int"]);
  const rows = await executeRawSql<StoredJobRow>(
    reader,
    `${COLUMNS}
     where j.tenant_id_uuid = :tenantId::uuid
       and (:status::text is null or j.status = :status::text)
       and (:jobType::text is null or j.job_type = :jobType::text)
       and (:batchId::uuid is null or j.batch_id = :batchId::uuid)
       and (:beforeTime::timestamp is null or (j.created_at, j.id) < (:beforeTime::timestamp, :beforeId::int))
     order by j.created_at desc, j.id desc limit :limit::int offset :offset::int`,
    {
      tenantId,
      status: filter.status ?? null,
      jobType: filter.jobType ?? null,
      batchId: batchId ?? null,
      beforeTime,
      beforeId,
      limit: limit + 1,
      offset,
    },
  );
  return pageOf(rows, limit, toStoredJob, (last) => writeCursor(scope, [last.created_at, last.id]));
}

/**
 * One job as its table holds it, by its uuid or its number.
 * @throws DomainError NOT_FOUND
 */
export async function getJobRecord(
  reader: Reader,
  tenantId: string,
  jobId: string,
): Promise<StoredJob> {
  const isNumber = /^\d{1,9}$/.test(jobId);
  if (!isNumber && !isUuid(jobId)) throw notFound("Job");
  const [row] = await executeRawSql<StoredJobRow>(
    reader,
    `${COLUMNS}
     where j.tenant_id_uuid = :tenantId::uuid and ${isNumber ? "j.id = :jobId::int" : "j.job_id = :jobId::uuid"}`,
    { tenantId, jobId },
  );
  if (!row) throw notFound("Job");
  return toStoredJob(row);
}

const toStoredJob = (row: StoredJobRow): StoredJob => ({
  id: row.id,
  jobId: row.job_id,
  jobType: row.job_type,
  tenantId: row.tenant_id,
  createdBy: row.created_by,
  status: row.status,
  domainId: row.domain_id,
  domain: row.domain,
  progress: Math.floor((row.progress ?? 0) * 100),
  resultData: row.result_data,
  error: row.error,
  jobMetadata: row.job_metadata,
  batchId: row.batch_id,
  createdAt: isoTime(row.created_at),
  updatedAt: isoTime(row.updated_at),
});
