import { certain, defineStatement, executeRawSql, nullable, type Tx } from "@scrapersky/db";
import { scrapeJobs } from "@scrapersky/db/schema";
import { MAX_PAGES_DEFAULT } from "../batch/batch.contract.ts";
import { BATCH } from "../batch/batch.state.ts";
import { isKeptBack } from "../batch/is-cancelling.ts";
import { ATTEMPT } from "./attempt.state.ts";
import { WORKER_LOST } from "./failure-sentences.ts";
import { JOB } from "./job.state.ts";

export interface StartInput {
  workerId: string;
  /** `attempt` counts from 1 and comes from the queue. */
  claims: readonly { jobId: string; attempt: number }[];
}

export interface StartedJob {
  jobId: string;
  batchId: string;
  tenantId: string;
  domain: string;
  maxPages: number;
  attempt: number;
}

const claimed = defineStatement(
  `with claim as materialized (
     select s.job_id, s.batch_id, s.tenant_id, s.domain, claim.attempt,
       (j.job_metadata->>'max_pages')::int as max_pages
     from unnest(:jobIds::uuid[], :attempts::int[]) as claim (job_id, attempt)
     join jobs j on j.job_id = claim.job_id
     join app.scrape_jobs s on s.job_id = j.job_id
     join tenants t on t.id = s.tenant_id and t.is_active
     where ${JOB.may("claim", "j.status")} and s.attempt <= claim.attempt and not ${isKeptBack("s.batch_id")}
     order by j.id
     for no key update of j, s
   ),
   lost as (
     update app.job_attempts a
     set outcome = ${ATTEMPT.to("lose")}, ended_at = now(), error_code = :lostCode, error = :lostMessage
     from claim where a.job_id = claim.job_id and a.attempt < claim.attempt and ${ATTEMPT.may("lose", "a.outcome")}
   ),
   opened as (
     insert into app.job_attempts (job_id, attempt, worker_id, outcome, started_at)
     select job_id, attempt, :workerId, ${ATTEMPT.begin("claim")}, now() from claim
     on conflict (job_id, attempt) do update
       set worker_id = excluded.worker_id, outcome = excluded.outcome, started_at = excluded.started_at, ended_at = null
   ),
   side as (
     update app.scrape_jobs s set attempt = claim.attempt from claim where s.job_id = claim.job_id
   ),
   started as (
     update jobs j
     set status = ${JOB.to("claim")}, started_at = coalesce(j.started_at, now()), updated_at = timezone('utc', now())
     from claim where j.job_id = claim.job_id
   )
   select claim.job_id, claim.batch_id, claim.tenant_id, claim.domain, claim.max_pages, claim.attempt,
     ${BATCH.may("start", "b.status")} as is_first
   from claim left join batch_jobs b on b.batch_id = claim.batch_id`,
  {
    job_id: scrapeJobs.jobId,
    batch_id: scrapeJobs.batchId,
    tenant_id: scrapeJobs.tenantId,
    domain: scrapeJobs.domain,
    max_pages: nullable("int4"),
    attempt: certain("int4"),
    is_first: nullable("bool"),
  },
);

const batchesStarted = defineStatement(
  `with waiting as (
     select id from batch_jobs where batch_id = any(:batchIds::uuid[]) and ${BATCH.may("start", "status")}
     order by batch_id for no key update
   )
   update batch_jobs b
   set status = ${BATCH.to("start")}, start_time = timezone('utc', now()), updated_at = timezone('utc', now())
   from waiting where b.id = waiting.id`,
);

/**
 * Marks claimed jobs running under their new attempt; an attempt that was still open belonged to a
 * worker that vanished. Refused are jobs that are over, that a later attempt has taken, whose batch is
 * paused or cancelling, or whose tenant is switched off.
 */
export async function startJobs(
  tx: Tx,
  { workerId, claims }: StartInput,
): Promise<{ started: StartedJob[]; refused: string[] }> {
  const rows = await executeRawSql(tx, claimed, {
    workerId,
    lostCode: WORKER_LOST,
    lostMessage: "The worker stopped in the middle.",
    jobIds: claims.map((claim) => claim.jobId),
    attempts: claims.map((claim) => claim.attempt),
  });
  const found = new Set(rows.map((row) => row.job_id));
  const refused = claims.map((claim) => claim.jobId).filter((jobId) => !found.has(jobId));
  const first = rows.filter((row) => row.is_first === true).map((row) => row.batch_id);
  if (first.length > 0) {
    await executeRawSql(tx, batchesStarted, { batchIds: [...new Set(first)] });
  }
  return {
    started: rows.map((row) => ({
      jobId: row.job_id,
      batchId: row.batch_id,
      tenantId: row.tenant_id,
      domain: row.domain,
      maxPages: row.max_pages ?? MAX_PAGES_DEFAULT,
      attempt: row.attempt,
    })),
    refused,
  };
}
