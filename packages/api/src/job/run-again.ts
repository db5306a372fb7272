import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { currentTraceparent } from "@scrapersky/db/observe";
import { scrapeJobs } from "@scrapersky/db/schema";
import { type Promoting, promoteJobs } from "../backlog/promote-jobs.ts";
import { reopenBatch } from "../batch/reopen-batch.ts";
import { ERASED } from "../suppression/erase-pattern.ts";
import type { AgainOverrides } from "./job.contract.ts";
import { JOB } from "./job.state.ts";
import { LEAVING } from "./leaving.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

/** Jobs that are to run again. */
export interface Again {
  tenantId: string;
  /** Those of these batches are meant; nobody else may change them meanwhile as a whole. */
  batchIds: readonly string[];
  /** Some of their jobs, failed or cancelled; or those that failed for one of these reasons, null for whatever reason. */
  which: { jobIds: readonly string[] } | { errorCodes: readonly string[] | null };
  overrides: AgainOverrides | undefined;
}

const withMaxPages = (column: string): string =>
  `${column} = case when chosen.max_pages is null then j.${column}
     else coalesce(j.${column}, '{}') || jsonb_build_object('max_pages', chosen.max_pages) end`;

// A batch goes on in the order of its list. Numbers of attempts go on too, so that no earlier claim can write.
const again = defineStatement(
  `with chosen as (
     select s.job_id, s.batch_id, j.status, j.completed_at, :maxPages::int as max_pages
     from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where s.batch_id = any(:batchIds::uuid[]) and j.tenant_id_uuid = :tenantId::uuid and ${JOB.may("again", "j.status")}
       and s.error_code is distinct from :invalidDomain and s.domain <> :erased
       and (s.job_id = any(:jobIds::uuid[]) or :jobIds::uuid[] is null and ${JOB.is("failed", "j.status")}
         and (s.error_code = any(:errorCodes::text[]) or :errorCodes::text[] is null))
     order by j.id for no key update of j, s
   ),
   side as (
     update app.scrape_jobs s
     set error_code = null, pages = null, waits = 0, traceparent = :traceparent, earlier_attempts = s.attempt,
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
   select batch_id, count(*) filter (where not ${JOB.is("cancelled", "status")})::int as failed,
     count(*) filter (where ${JOB.is("cancelled", "status")})::int as cancelled,
     case when :jobIds::uuid[] is null then '{}' else array_agg(job_id) end as job_ids
   from chosen group by batch_id order by batch_id`,
  { batch_id: scrapeJobs.batchId, failed: "int4", cancelled: "int4", job_ids: "uuid[]" },
);

/**
 * Lets jobs that are over run again from their first try on, and their batches with them. Lines that name no web site, or
 * none any more since it was erased, are left as they are. Call it while holding the locks of batches that were not
 * cancelled.
 *
 * Locks in the order every writer keeps: job, batch, window.
 * @returns how many there were, and which where they were named
 */
export async function runAgain(
  tx: Tx,
  queue: Promoting,
  jobs: Again,
): Promise<{ count: number; jobIds: string[] }> {
  const { which, overrides } = jobs;
  const batches = await executeRawSql(tx, again, {
    batchIds: jobs.batchIds,
    tenantId: jobs.tenantId,
    jobIds: "jobIds" in which ? which.jobIds : null,
    errorCodes: "jobIds" in which ? null : which.errorCodes,
    maxPages: overrides?.maxPages ?? null,
    invalidDomain: INVALID_DOMAIN,
    erased: ERASED,
    traceparent: currentTraceparent() ?? null,
  });
  const maxConcurrent = overrides?.maxConcurrent ?? null;
  for (const { batch_id: batchId, failed, cancelled } of batches) {
    await reopenBatch(tx, batchId, { failed, cancelled, maxConcurrent });
  }
  await promoteJobs(
    tx,
    queue,
    batches.map((row) => row.batch_id),
  );
  return {
    count: batches.reduce((sum, { failed, cancelled }) => sum + failed + cancelled, 0),
    jobIds: batches.flatMap((row) => row.job_ids),
  };
}
