import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { type Promoting, promoteJobs } from "../backlog/promote-jobs.ts";
import { reopenBatch } from "../batch/reopen-batch.ts";
import { ERASED } from "../suppression/erase-pattern.ts";
import { INVALID_DOMAIN } from "./failure-sentences.ts";
import type { AgainOverrides } from "./job.contract.ts";
import { JOB } from "./job.state.ts";
import { LEAVING } from "./leaving.ts";

/** Jobs of one batch that are to run again. */
export interface Again {
  batchId: string;
  tenantId: string;
  /** One of its jobs, failed or cancelled; or those that failed for one of these reasons, null for whatever reason. */
  which: { jobId: string } | { errorCodes: readonly string[] | null };
  overrides: AgainOverrides | undefined;
}

const withMaxPages = (column: string): string =>
  `${column} = case when chosen.max_pages is null then j.${column}
     else coalesce(j.${column}, '{}') || jsonb_build_object('max_pages', chosen.max_pages) end`;

// A batch goes on in the order of its list. Numbers of attempts go on too, so that no earlier claim can write.
const again = defineStatement(
  `with chosen as (
     select s.job_id, j.status, j.completed_at, :maxPages::int as max_pages
     from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where s.batch_id = :batchId::uuid and j.tenant_id_uuid = :tenantId::uuid and ${JOB.may("again", "j.status")}
       and s.error_code is distinct from :invalidDomain and s.domain <> :erased
       and (s.job_id = :jobId::uuid or :jobId::uuid is null and ${JOB.is("failed", "j.status")}
         and (s.error_code = any(:errorCodes::text[]) or :errorCodes::text[] is null))
     order by j.id for no key update of j, s
   ),
   side as (
     update app.scrape_jobs s
     set error_code = null, pages = null, waits = 0, earlier_attempts = s.attempt,
       due_at = case when ${JOB.is("cancelled", "chosen.status")}
         then greatest(now(), chosen.completed_at + ${LEAVING})
         else now() - interval '1 second' + s.position * interval '1 microsecond' end
     from chosen where s.job_id = chosen.job_id
   ),
   job as (
     update jobs j
     set status = ${JOB.to("again")}, progress = 0, error = null, result = null, result_data = null,
       started_at = null, completed_at = null, updated_at = timezone('utc', now()),
       ${["metadata", "job_metadata"].map(withMaxPages).join(", ")}
     from chosen where j.job_id = chosen.job_id
   )
   select count(*) filter (where not ${JOB.is("cancelled", "status")})::int as failed,
     count(*) filter (where ${JOB.is("cancelled", "status")})::int as cancelled
   from chosen`,
  { failed: "int4", cancelled: "int4" },
);

/**
 * Lets jobs that are over run again from their first try on, and their batch with them. Lines that name no web site, or
 * none any more since it was erased, are left as they are. Call it while holding the lock of a batch that was not cancelled.
 *
 * Locks in the order every writer keeps: job, batch, window.
 * @returns how many there were
 */
export async function runAgain(tx: Tx, queue: Promoting, jobs: Again): Promise<number> {
  const { batchId, which, overrides } = jobs;
  const counts = await executeRawSqlOne(tx, again, {
    batchId,
    tenantId: jobs.tenantId,
    jobId: "jobId" in which ? which.jobId : null,
    errorCodes: "jobId" in which ? null : which.errorCodes,
    maxPages: overrides?.maxPages ?? null,
    invalidDomain: INVALID_DOMAIN,
    erased: ERASED,
  });
  const { failed = 0, cancelled = 0 } = counts ?? {};
  if (failed + cancelled === 0) return 0;
  const maxConcurrent = overrides?.maxConcurrent ?? null;
  await reopenBatch(tx, batchId, { failed, cancelled, maxConcurrent });
  await promoteJobs(tx, queue, [batchId]);
  return failed + cancelled;
}
