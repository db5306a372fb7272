import { executeRawSqlOne, type Reader } from "@scrapersky/db";
import { readableName } from "../domain/readable-name.ts";
import { notFound } from "../errors/domain-error.ts";
import { INVALID_DOMAIN, sentenceOf } from "../job/failure-sentences.ts";
import { isoTime } from "../time.ts";
import type { BatchProgress } from "./batch.contract.ts";
import { BATCH, etaSeconds, ratePerMinute } from "./batch.state.ts";
import { type BatchRow, BATCH_COLUMNS, BATCH_JOINS, toSummary } from "./batch-row.ts";
import { getBatchId } from "./find-batch-id.ts";

interface ProgressRow extends BatchRow {
  as_of: string;
  error: string | null;
  last_minute: number | null;
  /** True while lines refused at creation are among those of the last minute. */
  is_new: boolean | null;
  idle_seconds: number | null;
  failures: { code: string; count: number; sample: string[] }[] | null;
}

const STALLED_AFTER_SECONDS = 120;

/**
 * Everything that moves while a batch runs, in one statement and so in one snapshot.
 * @throws DomainError NOT_FOUND when the batch is unknown or of another tenant
 */
export async function getBatchProgress(
  reader: Reader,
  tenantId: string,
  batchName: string,
): Promise<BatchProgress> {
  const batchId = await getBatchId(reader, tenantId, batchName);
  const row = await executeRawSqlOne<ProgressRow>(
    reader,
    `select ${BATCH_COLUMNS}, b.error, now() as as_of, recent.*, failed.failures
     from batch_jobs b ${BATCH_JOINS}
     left join lateral (
       select
         (select count(*)::int from jobs j
          where j.batch_id = :batchId::uuid and j.completed_at > now() - interval '1 minute') as last_minute,
         b.created_at > timezone('utc', now()) - interval '1 minute' as is_new,
         extract(epoch from now() - greatest(
           (select max(j.completed_at) from jobs j where j.batch_id = :batchId::uuid),
           b.start_time at time zone 'utc'))::float8 as idle_seconds
       where ${BATCH.is("running", "b.status")}
     ) recent on true
     left join lateral (
       select jsonb_agg(jsonb_build_object('code', reason.error_code, 'count', reason.count, 'sample', sample.domains)
         order by reason.count desc, reason.error_code) as failures
       from (
         select s.error_code, count(*)::int as count from app.scrape_jobs s
         where s.batch_id = :batchId::uuid and s.error_code is not null group by s.error_code
       ) reason
       cross join lateral (
         select array_agg(few.domain) as domains from (
           select s.domain from app.scrape_jobs s
           where s.batch_id = :batchId::uuid and s.error_code = reason.error_code limit 3
         ) few
       ) sample
       where b.failed_domains > 0
     ) failed on true
     where b.batch_id = :batchId::uuid and b.tenant_id = :tenantId::uuid`,
    { batchId, tenantId },
  );
  if (!row) throw notFound("Batch");
  return toProgress(row);
}

function toProgress(row: ProgressRow): BatchProgress {
  const summary = toSummary(row);
  const isRunning = summary.status === "running";
  const failures = row.failures ?? [];
  const refused = failures.find((failure) => failure.code === INVALID_DOMAIN)?.count ?? 0;
  const pace = {
    left: summary.counts.pending + summary.counts.running,
    finished: summary.counts.complete + summary.counts.failed - refused,
    finishedLastMinute: (row.last_minute ?? 0) - (row.is_new ? refused : 0),
    runningSeconds: summary.processingSeconds ?? 0,
  };
  return {
    ...summary,
    pages: row.pages,
    ratePerMinute: isRunning ? ratePerMinute(pace) : null,
    etaSeconds: isRunning ? etaSeconds(pace) : null,
    stalled: isRunning && (row.idle_seconds ?? 0) > STALLED_AFTER_SECONDS,
    error: row.error,
    failures: failures.map((failure) => ({
      ...failure,
      sample: failure.sample.map(readableName),
      message: sentenceOf(failure.code),
    })),
    asOf: isoTime(row.as_of),
  };
}
