import { FIRST_DOMAIN } from "../batch/batch-row.ts";
import { readableName } from "../domain/readable-name.ts";
import { scanNotes } from "../domain/scan-notes.ts";
import type { JobStatus } from "../status.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { Job } from "./job.contract.ts";
import { JOB } from "./job.state.ts";

/** A job as the queries below read it. */
export interface JobRow {
  id: number;
  job_id: string;
  batch_id: string | null;
  batch_label: string | null;
  batch_total: number | null;
  first_domain: string | null;
  domain: string;
  domain_id: string | null;
  status: JobStatus;
  progress: number | null;
  attempts: number;
  error_code: string | null;
  error: string | null;
  flags: unknown;
  final_url: string | null;
  pages: number | null;
  position: number;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  duration_seconds: number | null;
}

export const JOB_COLUMNS = `
  j.id, j.job_id, j.batch_id, b.batch_metadata->>'label' as batch_label, b.total_domains as batch_total,
  ${FIRST_DOMAIN}, s.domain, j.domain_id, j.status, j.progress, s.attempt as attempts, s.error_code, j.error,
  j.result_data->'flags' as flags, j.result_data->>'final_url' as final_url, s.pages, s.position, j.created_at, j.started_at, j.completed_at,
  case when j.started_at is not null and not ${JOB.is("pending", "j.status")}
    then extract(epoch from coalesce(j.completed_at, now()) - j.started_at)::float8 end as duration_seconds`;

export const toJob = (row: JobRow): Job => ({
  jobId: row.job_id,
  batchId: row.batch_id,
  batchLabel: row.batch_label,
  batchFirstDomain: row.first_domain === null ? null : readableName(row.first_domain),
  batchTotal: row.batch_total,
  domain: row.domain,
  displayDomain: readableName(row.domain),
  domainId: row.domain_id,
  status: row.status,
  progress: Math.floor((row.progress ?? 0) * 100),
  attempts: row.attempts,
  errorCode: row.error_code,
  error: row.error,
  notes: scanNotes(row.flags, row.final_url),
  pages: row.pages,
  createdAt: isoTime(row.created_at),
  startedAt: isoTimeOrNull(row.started_at),
  endedAt: isoTimeOrNull(row.completed_at),
  durationSeconds: row.duration_seconds === null ? null : Math.max(0, row.duration_seconds),
});
