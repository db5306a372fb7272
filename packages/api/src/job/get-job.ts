import { executeRawSql, type Reader } from "@scrapersky/db";
import { batchJobs, jobs, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { MAX_PAGES_DEFAULT } from "../batch/batch.contract.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { JobAttempt, JobDetail, JobResult } from "./job.contract.ts";
import { JOB_COLUMNS, toJob } from "./job-row.ts";

type StoredResult = Omit<JobResult, "finalUrl"> & { final_url: string };

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
  const [row] = await reader
    .select({
      ...JOB_COLUMNS,
      input: scrapeJobs.input,
      maxPages: sql<number | null>`(${jobs.jobMetadata}->>'max_pages')::int`,
      result: sql<StoredResult | null>`${jobs.resultData}`,
    })
    .from(jobs)
    .innerJoin(scrapeJobs, eq(scrapeJobs.jobId, jobs.jobId))
    .leftJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId))
    .where(and(eq(jobs.jobId, jobId), eq(jobs.tenantIdUuid, tenantId)));
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
    maxPages: row.maxPages ?? MAX_PAGES_DEFAULT,
    result: row.result && toResult(row.result),
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

function toResult({ final_url: finalUrl, ...rest }: StoredResult): JobResult {
  return { finalUrl, ...rest };
}
