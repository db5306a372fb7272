import { executeRawSqlOne, type Tx } from "@scrapersky/db";
import { ATTEMPT } from "./attempt.state.ts";
import { JOB } from "./job.state.ts";

/**
 * Takes a claim back as if it had never been: the job waits again and its next claim has the same
 * attempt number. `refused` when the job is over or the attempt is not this worker's; nothing is written then.
 */
export async function releaseJob(
  tx: Tx,
  input: { jobId: string; attempt: number; workerId: string },
): Promise<"released" | "refused"> {
  const job = await executeRawSqlOne(
    tx,
    `select 1 from jobs j
     join app.scrape_jobs s on s.job_id = j.job_id
     join app.job_attempts a on a.job_id = j.job_id and a.attempt = s.attempt
     where j.job_id = :jobId::uuid and s.attempt = :attempt::int and a.worker_id = :workerId
       and ${JOB.may("giveBack", "j.status")} and ${ATTEMPT.may("giveBack", "a.outcome")}
     for no key update of j, s`,
    input,
  );
  if (!job) return "refused";
  await executeRawSqlOne(
    tx,
    `with attempt as (
       delete from app.job_attempts where job_id = :jobId::uuid and attempt = :attempt::int
     ),
     side as (
       update app.scrape_jobs set attempt = :attempt::int - 1 where job_id = :jobId::uuid
     )
     update jobs
     set status = ${JOB.to("giveBack")}, updated_at = timezone('utc', clock_timestamp())
     where job_id = :jobId::uuid`,
    { jobId: input.jobId, attempt: input.attempt },
  );
  return "released";
}
