import {
  defineStatement,
  executeRawSql,
  nullable,
  type RowFrom,
  type Tx,
  typed,
} from "@scrapersky/db";
import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import { JOB } from "../job/job.state.ts";
import type { JobStatus } from "../status.ts";
import { isoTimeOrNull } from "../time.ts";
import type { BatchDomainStatuses, DomainStatus } from "./batch.contract.ts";
import { getBatchStanding } from "./batch-progress.ts";
import { NO_CONTACTS, type Rights } from "../list/list-rights.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { toldName, withoutWords } from "../job/told-line.ts";

/** Above this many domains only running and some failed ones are told. */
export const DOMAIN_STATUSES_MAX = 2000;
/** Failed domains told of a larger batch. All are in the list of its jobs; this answer is asked for every second. */
export const FAILED_STATUSES_MAX = 200;

const STATUS_COLUMNS = `s.domain, s.error_code, s.position, j.status, j.job_id, j.started_at, j.completed_at, j.error,
  extract(epoch from coalesce(j.completed_at, now()) - j.started_at)::float8 as seconds`;

const STATUS_ROW = {
  domain: scrapeJobs.domain,
  error_code: scrapeJobs.errorCode,
  position: scrapeJobs.position,
  status: typed<JobStatus>(jobs.status),
  job_id: jobs.jobId,
  started_at: jobs.startedAt,
  completed_at: jobs.completedAt,
  error: jobs.error,
  seconds: nullable("float8"),
} as const;

const everyDomain = defineStatement(
  `select ${STATUS_COLUMNS} from jobs j join app.scrape_jobs s on s.job_id = j.job_id
   where j.batch_id = :batchId::uuid and j.tenant_id_uuid = :tenantId::uuid order by s.position`,
  STATUS_ROW,
);

// Ordered as the index on (batch_id, status) is, so that it is read from its end and no further than
// the limit: 60,000 failures cost no more than 200.
const runningAndSomeFailed = defineStatement(
  `with told as (
     select * from jobs where batch_id = :batchId::uuid and ${JOB.is(["running", "failed"], "status")}
     order by status desc limit :limit::int
   )
   select ${STATUS_COLUMNS} from told j join app.scrape_jobs s on s.job_id = j.job_id
   where j.tenant_id_uuid = :tenantId::uuid order by s.position`,
  STATUS_ROW,
);

/**
 * The batch and the state of each of its domains. Needs a repeatable read transaction, so that the two
 * statements see one snapshot and can never disagree.
 * @throws DomainError NOT_FOUND
 */
export async function getDomainStatuses(
  tx: Tx,
  tenantId: string,
  batchId: string,
  rights: Rights = NO_CONTACTS,
): Promise<BatchDomainStatuses> {
  const batch = await getBatchStanding(tx, tenantId, batchId);
  const truncated = batch.total > DOMAIN_STATUSES_MAX;
  const place = { batchId: batch.batchId, tenantId };
  const rows = truncated
    ? await executeRawSql(tx, runningAndSomeFailed, {
        ...place,
        limit: Math.min(batch.counts.running, DOMAIN_STATUSES_MAX) + FAILED_STATUSES_MAX,
      })
    : await executeRawSql(tx, everyDomain, place);
  return {
    batch: withoutWords(batch, rights),
    domains: Object.fromEntries(
      rows.map((row) => [keyOf(row, rights), toDomainStatus(row, rights)]),
    ),
    truncated,
  };
}

/** Two lines that are hidden are still two. */
function keyOf(row: RowFrom<typeof everyDomain>, rights: Rights): string {
  const name = toldName({ domain: row.domain, errorCode: row.error_code }, rights);
  return name === row.domain ? name : `${name} ${row.position + 1}`;
}

const toDomainStatus = (row: RowFrom<typeof everyDomain>, rights: Rights): DomainStatus => ({
  status: row.status,
  jobId: row.job_id,
  startedAt: isoTimeOrNull(row.started_at),
  endedAt: isoTimeOrNull(row.completed_at),
  processingSeconds: row.seconds,
  error: withoutReach(row.error, rights),
});
