import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { jobs } from "@scrapersky/db/schema";
import { ATTEMPT } from "./attempt.state.ts";
import { JOB } from "./job.state.ts";

const held = defineStatement(
  `select j.job_id from jobs j
   join app.scrape_jobs s on s.job_id = j.job_id
   join app.job_attempts a on a.job_id = j.job_id and a.attempt = s.attempt
   where j.job_id = :jobId::uuid and s.attempt = :attempt::int and a.worker_id = :workerId
     and ${JOB.may("giveBack", "j.status")} and ${ATTEMPT.may("giveBack", "a.outcome")}
   for no key update of j, s`,
  { job_id: jobs.jobId },
);

const givenBack = defineStatement(
  `with attempt as (
     delete from app.job_attempts where job_id = :jobId::uuid and attempt = :attempt::int
   ),
   side as (
     update app.scrape_jobs set attempt = :attempt::int - 1 where job_id = :jobId::uuid
   )
   update jobs
   set status = ${JOB.to("giveBack")}, updated_at = timezone('utc', clock_timestamp())
   where job_id = :jobId::uuid`,
);

/**
 * Takes a claim back as if it had never been: the job waits again and its next claim has the same
 * attempt number. `refused` when the job is over or the attempt is not this worker's; nothing is written then.
 */
export async function releaseJob(
  tx: Tx,
  { jobId, attempt, workerId }: { jobId: string; attempt: number; workerId: string },
): Promise<"released" | "refused"> {
  if (!(await executeRawSqlOne(tx, held, { jobId, attempt, workerId }))) return "refused";
  await executeRawSql(tx, givenBack, { jobId, attempt });
  return "released";
}
