import { expression, nullable, type Reader, typed } from "@scrapersky/db";
import { batchJobs, jobs, profiles, scrapeJobs, serviceAccounts } from "@scrapersky/db/schema";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { readableName } from "../domain/readable-name.ts";
import { notFound } from "../errors/domain-error.ts";
import { sentenceOf } from "../job/failure-sentences.ts";
import type { RowOf } from "../list/row-of.ts";
import { isoTime } from "../time.ts";
import type { BatchProgress, BatchStanding } from "./batch.contract.ts";
import { etaSeconds, ratePerMinute, STALLED_AFTER_SECONDS } from "./batch.state.ts";
import { BATCH_COLUMNS, CREATORS, isRunning, toSummary } from "./batch-row.ts";
import { getBatchId } from "./find-batch-id.ts";
import { IS_NOT_REMOVED } from "./is-removed.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

const whileRunning = (value: SQL) => sql`case when ${isRunning} then ${value} end`;

const OF_BATCH = eq(jobs.batchId, batchJobs.batchId);
const LINES = eq(scrapeJobs.batchId, batchJobs.batchId);

interface Failure {
  code: string;
  count: number;
  sample: string[];
}

const FAILURES = sql`(
  select jsonb_agg(jsonb_build_object('code', reason.code, 'count', reason.count, 'sample', sample.domains)
    order by reason.count desc, reason.code)
  from (
    select ${scrapeJobs.errorCode} as code, count(*)::int as count from ${scrapeJobs}
    where ${LINES} and ${scrapeJobs.errorCode} is not null group by ${scrapeJobs.errorCode}
  ) reason
  cross join lateral (
    select array_agg(few.domain) as domains from (
      select ${scrapeJobs.domain} as domain from ${scrapeJobs}
      where ${LINES} and ${scrapeJobs.errorCode} = reason.code limit 3
    ) few
  ) sample
)`;

const STANDING_COLUMNS = { ...BATCH_COLUMNS, error: batchJobs.error };

const PROGRESS_COLUMNS = {
  ...STANDING_COLUMNS,
  asOf: expression("timestamptz")`now()`,
  lastMinute: expression(nullable("int4"))`${whileRunning(
    sql`(select count(*)::int from ${jobs} where ${OF_BATCH} and ${jobs.completedAt} > now() - interval '1 minute')`,
  )}`,
  /** True while lines refused at creation are among those of the last minute. */
  isNew: expression(nullable("bool"))`${whileRunning(
    sql`${batchJobs.createdAt} > timezone('utc', now()) - interval '1 minute'`,
  )}`,
  /** Since jobs of a batch that was over run again, how many seconds, and how many had ended by then. */
  againSeconds: expression(
    nullable("float8"),
  )`extract(epoch from now() - (${batchJobs.batchMetadata}->>'again_at')::timestamptz)::float8`,
  againEnded: expression("int4")`coalesce((${batchJobs.batchMetadata}->>'again_ended')::int, 0)`,
  idleSeconds: expression(nullable("float8"))`${whileRunning(
    sql`extract(epoch from now() - greatest(
      (select max(${jobs.completedAt}) from ${jobs} where ${OF_BATCH}),
      ${batchJobs.startTime} at time zone 'utc',
      (${batchJobs.batchMetadata}->>'again_at')::timestamptz))::float8`,
  )}`,
  failures: expression(
    nullable(typed<Failure[]>("jsonb")),
  )`case when ${batchJobs.failedDomains} > 0 then ${FAILURES} end`,
};
type ProgressRow = RowOf<typeof PROGRESS_COLUMNS>;

/**
 * A batch without its reasons and its pace: of 30,000 failures those are nine tenths of the time that `getBatchProgress` takes.
 * @throws DomainError NOT_FOUND when the batch is unknown or of another tenant
 */
export async function getBatchStanding(
  reader: Reader,
  tenantId: string,
  batchName: string,
): Promise<BatchStanding> {
  const batchId = await getBatchId(reader, tenantId, batchName);
  const [row] = await reader
    .select(STANDING_COLUMNS)
    .from(batchJobs)
    .leftJoin(profiles, CREATORS.person)
    .leftJoin(serviceAccounts, CREATORS.program)
    .where(isBatch(tenantId, batchId));
  if (!row) throw notFound("Batch");
  return { ...toSummary(row), error: row.error };
}

const isBatch = (tenantId: string, batchId: string) =>
  and(eq(batchJobs.batchId, batchId), eq(batchJobs.tenantId, tenantId), IS_NOT_REMOVED);

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
  const [row] = await reader
    .select(PROGRESS_COLUMNS)
    .from(batchJobs)
    .leftJoin(profiles, CREATORS.person)
    .leftJoin(serviceAccounts, CREATORS.program)
    .where(isBatch(tenantId, batchId));
  if (!row) throw notFound("Batch");
  return toProgress(row);
}

function toProgress(row: ProgressRow): BatchProgress {
  const summary = toSummary(row);
  const runs = summary.status === "running" && !summary.paused && !summary.cancelling;
  const failures = row.failures ?? [];
  const refused = failures.find((failure) => failure.code === INVALID_DOMAIN)?.count ?? 0;
  const ended = summary.counts.complete + summary.counts.failed;
  const pace = {
    left: summary.counts.pending + summary.counts.running,
    finished: row.againSeconds === null ? ended - refused : Math.max(0, ended - row.againEnded),
    finishedLastMinute: (row.lastMinute ?? 0) - (row.isNew ? refused : 0),
    runningSeconds: row.againSeconds ?? summary.processingSeconds ?? 0,
  };
  return {
    ...summary,
    pages: row.pages,
    ratePerMinute: runs ? ratePerMinute(pace) : null,
    etaSeconds: runs ? etaSeconds(pace) : null,
    stalled: runs && (row.idleSeconds ?? 0) > STALLED_AFTER_SECONDS,
    error: row.error,
    failures: failures.map((failure) => ({
      ...failure,
      sample: failure.sample.map(readableName),
      message: sentenceOf(failure.code),
    })),
    asOf: isoTime(row.asOf),
  };
}
