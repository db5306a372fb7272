import { readableName } from "../domain/readable-name.ts";
import { INVALID_DOMAIN } from "../job/failure-sentences.ts";
import { JOB } from "../job/job.state.ts";
import { serviceName } from "../service-account/service-name.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { BatchStatus } from "../status.ts";
import {
  type BatchCounts,
  type BatchSummary,
  MAX_CONCURRENT_DEFAULT,
  MAX_PAGES_DEFAULT,
} from "./batch.contract.ts";
import { BATCH, progressPercent } from "./batch.state.ts";

/** A batch as the queries below read it. */
export interface BatchRow {
  batch_id: string;
  status: BatchStatus;
  label: string | null;
  first_domain: string | null;
  pages: number;
  total: number;
  complete: number;
  failed: number;
  running: number;
  max_pages: number | null;
  max_concurrent: number | null;
  created_by: string | null;
  created_by_name: string | null;
  created_at: string;
  updated_at: string;
  start_time: string | null;
  end_time: string | null;
  processing_seconds: number | null;
}

/** Lines looked at for a batch's first domain: a list may begin with words that name none, but not for long. */
const FIRST_LINES = 20;

/** The first domain of the batch `b`, one step into the index on (batch_id, position). */
export const FIRST_DOMAIN = `(
    select line.domain from app.scrape_jobs line
    where line.batch_id = b.batch_id and line.position < ${FIRST_LINES}
      and line.error_code is distinct from '${INVALID_DOMAIN}'
    order by line.position limit 1
  ) as first_domain`;

/**
 * Finished jobs are read from the batch's counters, which commit with the job they count; running ones
 * from the few entries of the index on (batch_id, status). So a reading costs the same for ten jobs
 * and for a hundred thousand, and stays one snapshot.
 */
export const BATCH_COLUMNS = `
  b.batch_id, b.status, b.batch_metadata->>'label' as label, ${FIRST_DOMAIN}, coalesce((b.batch_metadata->>'pages')::int, 0) as pages,
  coalesce(b.total_domains, 0) as total, coalesce(b.completed_domains, 0) as complete,
  coalesce(b.failed_domains, 0) as failed, coalesce(live.running, 0) as running,
  (b.options->>'max_pages')::int as max_pages, (b.options->>'max_concurrent')::int as max_concurrent,
  b.created_by, coalesce(creator.name, ${serviceName("program")}) as created_by_name, b.created_at, b.updated_at, b.start_time, b.end_time,
  extract(epoch from coalesce(b.end_time, timezone('utc', now())) - b.start_time)::float8 as processing_seconds`;

export const BATCH_JOINS = `
  left join profiles creator on creator.id = b.created_by
  left join app.service_accounts program on program.id = b.created_by
  left join lateral (
    select count(*)::int as running from jobs j where j.batch_id = b.batch_id and ${JOB.is("running", "j.status")}
      and ${BATCH.is("running", "b.status")}
  ) live on true`;

export function toSummary(row: BatchRow): BatchSummary {
  return {
    batchId: row.batch_id,
    label: row.label,
    firstDomain: row.first_domain === null ? null : readableName(row.first_domain),
    status: row.status,
    total: row.total,
    counts: toCounts(row),
    progress: progressPercent(row.complete + row.failed, row.total),
    maxPages: row.max_pages ?? MAX_PAGES_DEFAULT,
    maxConcurrent: row.max_concurrent ?? MAX_CONCURRENT_DEFAULT,
    createdBy: row.created_by === null ? null : { id: row.created_by, name: row.created_by_name },
    createdAt: isoTime(row.created_at),
    updatedAt: isoTime(row.updated_at),
    startedAt: isoTimeOrNull(row.start_time),
    endedAt: isoTimeOrNull(row.end_time),
    processingSeconds: row.processing_seconds === null ? null : Math.max(0, row.processing_seconds),
  };
}

/** Jobs neither finished nor running are waiting, or cancelled once the batch is. */
function toCounts({ status, total, complete, failed, running }: BatchRow): BatchCounts {
  const rest = total - complete - failed - running;
  const isCancelled = status === "cancelled";
  return {
    pending: isCancelled ? 0 : rest,
    running,
    complete,
    failed,
    cancelled: isCancelled ? rest : 0,
  };
}
