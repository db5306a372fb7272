import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { currentTraceparent } from "@scrapersky/db/observe";
import { noteJobs } from "../change/note-work.ts";
import { JOB } from "../job/job.state.ts";
import type { Caller } from "../rbac/actor.ts";
import type { PlannedJob } from "./plan-jobs.ts";
import { slicesOf } from "../intake/steps.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

export const PROCESSOR_TYPE = "batch_page_scraper";

const newJobs = defineStatement(
  `insert into jobs (job_id, id_uuid, tenant_id, tenant_id_uuid, batch_id, job_type, status, error, created_by,
     metadata, job_metadata, progress, created_at, updated_at, completed_at)
   select line.job_id, line.job_id, :tenantId::text, :tenantId::uuid, :batchId::uuid, :jobType,
     case when line.reason is null then ${JOB.begin("submit")} else ${JOB.begin("refuse")} end, line.reason, :createdBy::uuid,
     facts.facts, facts.facts, 0, timezone('utc', now()), timezone('utc', now()),
     case when line.reason is not null then now() end
   from unnest(:jobIds::uuid[], :domains::text[], :reasons::text[])
     with ordinality as line (job_id, domain, reason, position)
   cross join lateral (select jsonb_build_object('domain', line.domain, 'max_pages', :maxPages::int)) facts (facts)
   order by line.position`,
);

const newLines = defineStatement(
  `insert into app.scrape_jobs (job_id, tenant_id, batch_id, position, domain, input, error_code, number,
     traceparent)
   select line.job_id, :tenantId::uuid, :batchId::uuid, line.position - 1 + :from::int, line.domain, line.input,
     case when line.reason is not null then :invalidDomain end, j.id, :traceparent::text
   from unnest(:jobIds::uuid[], :domains::text[], :inputs::text[], :reasons::text[])
     with ordinality as line (job_id, domain, input, reason, position)
   join jobs j on j.job_id = line.job_id
   order by line.position`,
);

/** Jobs that one statement takes: to write their values down takes some ten milliseconds, in which nobody else has a turn. */
const JOBS_AT_ONCE = 10_000;

/** Adds jobs to the backlog of a batch, the first of them at place `from`. Those of lines that name no web site have failed already. */
export async function insertJobs(
  tx: Tx,
  { actor }: Caller,
  of: { batchId: string; jobs: readonly PlannedJob[]; from: number; maxPages: number },
): Promise<void> {
  const { batchId, maxPages } = of;
  const { tenantId } = actor;
  let { from } = of;
  for (const jobs of slicesOf(of.jobs, JOBS_AT_ONCE)) {
    const jobIds = jobs.map((job) => job.jobId);
    const domains = jobs.map((job) => job.domain);
    const reasons = jobs.map((job) => job.reason);
    await executeRawSql(tx, newJobs, {
      tenantId,
      batchId,
      jobType: PROCESSOR_TYPE,
      createdBy: actor.id,
      maxPages,
      jobIds,
      domains,
      reasons,
    });
    await executeRawSql(tx, newLines, {
      tenantId,
      batchId,
      from,
      invalidDomain: INVALID_DOMAIN,
      jobIds,
      domains,
      inputs: jobs.map((job) => job.input),
      reasons,
      traceparent: currentTraceparent() ?? null,
    });
    await noteJobs(tx, tenantId, { jobIds, batchId });
    from += jobs.length;
  }
}
