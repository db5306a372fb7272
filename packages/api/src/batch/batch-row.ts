import { expression, nullable, typed } from "@scrapersky/db";
import {
  batchDays,
  batchJobs,
  batchWindows,
  jobs,
  profiles,
  scrapeJobs,
  serviceAccounts,
} from "@scrapersky/db/schema";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { alias, type PgColumn, QueryBuilder } from "drizzle-orm/pg-core";
import { readableName } from "../domain/readable-name.ts";
import type { RowOf } from "../list/row-of.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { BatchStatus, JobStatus } from "../status.ts";
import {
  type BatchCounts,
  type BatchSummary,
  MAX_CONCURRENT_DEFAULT,
  MAX_PAGES_DEFAULT,
} from "./batch.contract.ts";
import { BATCH, progressPercent } from "./batch.state.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

/** Lines looked at for a batch's first domain: a list may begin with words that name none, but not for long. */
const FIRST_LINES = 20;
const line = alias(scrapeJobs, "line");

/** The first domain of a row of `batch_jobs`, one step into the index on (batch_id, position). */
export const FIRST_DOMAIN = expression(nullable(line.domain))`${new QueryBuilder()
  .select({ domain: line.domain })
  .from(line)
  .where(
    and(
      eq(line.batchId, batchJobs.batchId),
      lt(line.position, FIRST_LINES),
      sql`${line.errorCode} is distinct from ${INVALID_DOMAIN}`,
    ),
  )
  .orderBy(line.position)
  .limit(1)}`;

export const isRunning = eq(batchJobs.status, "running" satisfies BatchStatus);

/**
 * Finished jobs are read from the batch's counters, which commit with the job they count; running ones
 * from the few entries of the index on (batch_id, status). So a reading costs the same for ten jobs
 * and for a hundred thousand, and stays one snapshot.
 */
const RUNNING = expression("int4")`case when ${isRunning} then (
    select count(*)::int from ${jobs}
    where ${and(eq(jobs.batchId, batchJobs.batchId), eq(jobs.status, "running" satisfies JobStatus))}
  ) else 0 end`;

/** Over the few days on which jobs of the batch ended. */
const broughtOf = (counter: PgColumn) => expression("int4")`(
    select coalesce(sum(${counter}), 0)::int from ${batchDays} where ${eq(batchDays.batchId, batchJobs.batchId)}
  )`;

const PAUSED = expression("bool")`case when ${inArray(batchJobs.status, BATCH.open)} then exists (
    select from ${batchWindows} where ${and(eq(batchWindows.batchId, batchJobs.batchId), eq(batchWindows.state, "paused"))}
  ) else false end`;

/** Jobs that are cancelled so far of a batch that is cancelling; null for another one. */
const CANCELLED_SO_FAR = expression(
  nullable("int4"),
)`case when ${inArray(batchJobs.status, BATCH.open)} then (
    select ${batchWindows.cancelled} from ${batchWindows}
    where ${and(eq(batchWindows.batchId, batchJobs.batchId), eq(batchWindows.state, "cancelling"))}
  ) end`;

/** What a batch is told from, where `CREATORS` are joined to its row. */
export const BATCH_COLUMNS = {
  batchId: batchJobs.batchId,
  status: expression(typed<BatchStatus>(batchJobs.status))`${batchJobs.status}`,
  label: expression(nullable("text"))`${batchJobs.batchMetadata}->>'label'`,
  renamedAt: expression(
    nullable("timestamptz"),
  )`(${batchJobs.batchMetadata}->>'renamed_at')::timestamptz`,
  firstDomain: FIRST_DOMAIN,
  pages: expression("int4")`coalesce((${batchJobs.batchMetadata}->>'pages')::int, 0)`,
  emails: broughtOf(batchDays.emails),
  phones: broughtOf(batchDays.phones),
  total: expression("int4")`coalesce(${batchJobs.totalDomains}, 0)`,
  complete: expression("int4")`coalesce(${batchJobs.completedDomains}, 0)`,
  failed: expression("int4")`coalesce(${batchJobs.failedDomains}, 0)`,
  /** Those cancelled by themselves: all that a batch which was not cancelled has. */
  cancelledAlone: expression(
    "int4",
  )`coalesce((${batchJobs.batchMetadata}->>'cancelled_alone')::int, 0)`,
  running: RUNNING,
  paused: PAUSED,
  cancelledSoFar: CANCELLED_SO_FAR,
  maxPages: expression(nullable("int4"))`(${batchJobs.options}->>'max_pages')::int`,
  maxConcurrent: expression(nullable("int4"))`(${batchJobs.options}->>'max_concurrent')::int`,
  createdBy: batchJobs.createdBy,
  createdByName: expression(nullable("text"))`coalesce(${profiles.name}, ${SERVICE_NAME})`,
  createdAt: batchJobs.createdAt,
  updatedAt: batchJobs.updatedAt,
  startTime: batchJobs.startTime,
  endTime: batchJobs.endTime,
  processingSeconds: expression(
    nullable("float8"),
  )`extract(epoch from coalesce(${batchJobs.endTime}, timezone('utc', now())) - ${batchJobs.startTime})::float8`,
};
export type BatchRow = RowOf<typeof BATCH_COLUMNS>;

/** Who created a batch: a person or a program. */
export const CREATORS = {
  person: eq(profiles.id, batchJobs.createdBy),
  program: eq(serviceAccounts.id, batchJobs.createdBy),
};

export function toSummary(row: BatchRow): BatchSummary {
  const { batchId, label, status, total, maxPages, maxConcurrent, createdBy } = row;
  return {
    batchId,
    label,
    renamedAt: isoTimeOrNull(row.renamedAt),
    firstDomain: row.firstDomain === null ? null : readableName(row.firstDomain),
    status,
    paused: row.paused,
    cancelling: row.cancelledSoFar !== null,
    total,
    counts: toCounts(row),
    emails: row.emails,
    phones: row.phones,
    progress: progressPercent(row.complete + row.failed + row.cancelledAlone, total),
    maxPages: maxPages ?? MAX_PAGES_DEFAULT,
    maxConcurrent: maxConcurrent ?? MAX_CONCURRENT_DEFAULT,
    createdBy: createdBy === null ? null : { id: createdBy, name: row.createdByName },
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    startedAt: isoTimeOrNull(row.startTime),
    endedAt: isoTimeOrNull(row.endTime),
    processingSeconds: row.processingSeconds === null ? null : Math.max(0, row.processingSeconds),
  };
}

/** Jobs that have not ended and do not run are waiting, or cancelled once the batch is; while it is cancelling, some are. */
function toCounts(row: BatchRow): BatchCounts {
  const { status, total, complete, failed, running } = row;
  const rest = total - complete - failed - running;
  const cancelled = status === "cancelled" ? rest : row.cancelledAlone + (row.cancelledSoFar ?? 0);
  return { pending: rest - cancelled, running, complete, failed, cancelled };
}
