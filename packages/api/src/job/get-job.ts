import { executeRawSql, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { MAX_PAGES_DEFAULT } from "../batch/batch.contract.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { JobAttempt, JobDetail, JobResult } from "./job.contract.ts";
import { JOB_COLUMNS, type JobRow, toJob } from "./job-row.ts";

interface JobDetailRow extends JobRow {
  input: string;
  max_pages: number | null;
  result_data: (Omit<JobResult, "finalUrl"> & { final_url: string }) | null;
}

interface AttemptRow {
  attempt: number;
  outcome: JobAttempt["outcome"];
  worker_id: string;
  started_at: string;
  ended_at: string | null;
  error_code: string | null;
  error: string | null;
  http_status: number | null;
  final_url: string | null;
  pages: number;
  bytes: string;
  timings: JobAttempt["timings"];
}

/**
 * A job with every attempt, first to last.
 * @throws DomainError NOT_FOUND when the job is unknown or of another tenant
 */
export async function getJob(
  reader: Reader,
  tenantId: string,
  jobIdText: string,
): Promise<JobDetail> {
  const jobId = requireUuid(jobIdText, "Job");
  const row = await executeRawSqlOne<JobDetailRow>(
    reader,
    `select ${JOB_COLUMNS}, s.input, (j.job_metadata->>'max_pages')::int as max_pages, j.result_data
     from jobs j join app.scrape_jobs s on s.job_id = j.job_id left join batch_jobs b on b.batch_id = j.batch_id
     where j.job_id = :jobId::uuid and j.tenant_id_uuid = :tenantId::uuid`,
    { jobId, tenantId },
  );
  if (!row) throw notFound("Job");
  const attempts = await executeRawSql<AttemptRow>(
    reader,
    `select attempt, outcome, worker_id, started_at, ended_at, error_code, error, http_status, final_url, pages,
       bytes, timings
     from app.job_attempts where job_id = :jobId::uuid order by attempt`,
    { jobId },
  );
  return {
    ...toJob(row),
    attemptList: attempts.map(toAttempt),
    input: row.input,
    maxPages: row.max_pages ?? MAX_PAGES_DEFAULT,
    result: row.result_data && toResult(row.result_data),
  };
}

const toAttempt = (row: AttemptRow): JobAttempt => ({
  attempt: row.attempt,
  outcome: row.outcome,
  workerId: row.worker_id,
  startedAt: isoTime(row.started_at),
  endedAt: isoTimeOrNull(row.ended_at),
  errorCode: row.error_code,
  error: row.error,
  httpStatus: row.http_status,
  finalUrl: row.final_url,
  pages: row.pages,
  bytes: Number(row.bytes),
  timings: row.timings,
});

function toResult({
  final_url: finalUrl,
  ...rest
}: NonNullable<JobDetailRow["result_data"]>): JobResult {
  return { finalUrl, ...rest };
}
