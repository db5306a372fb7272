import { expression, nullable, type Reader, typed } from "@scrapersky/db";
import { batchJobs, jobAttempts, jobs, leads, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { MAX_PAGES_DEFAULT } from "../batch/batch.contract.ts";
import { hasNoRemovedBatch } from "../batch/is-removed.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { JobDetail, JobResult } from "./job.contract.ts";
import { FOUND, JOB_COLUMNS, LEAD_OF, toJob } from "./job-row.ts";
import { NO_CONTACTS, type Rights } from "../list/list-rights.ts";
import { toldName } from "./told-line.ts";
import { withoutReach, withoutReachIn } from "../rbac/without-reach.ts";

/** As this system writes it; what other programs wrote into the table has less, or other things. */
type StoredResult = Partial<Omit<JobResult, "finalUrl"> & { final_url: string }>;

const ATTEMPT_COLUMNS = {
  attempt: jobAttempts.attempt,
  outcome: jobAttempts.outcome,
  workerId: jobAttempts.workerId,
  startedAt: jobAttempts.startedAt,
  endedAt: jobAttempts.endedAt,
  errorCode: jobAttempts.errorCode,
  error: jobAttempts.error,
  httpStatus: jobAttempts.httpStatus,
  finalUrl: jobAttempts.finalUrl,
  pages: jobAttempts.pages,
  bytes: jobAttempts.bytes,
  timings: jobAttempts.timings,
};

/**
 * A job with every attempt, first to last.
 * @throws DomainError NOT_FOUND when the job is unknown or of another tenant
 */
export async function getJob(
  reader: Reader,
  tenantId: string,
  jobIdText: string,
  rights: Rights = NO_CONTACTS,
): Promise<JobDetail> {
  const jobId = requireUuid(jobIdText, "Job");
  const [row] = await reader
    .select({
      ...JOB_COLUMNS,
      input: scrapeJobs.input,
      waits: scrapeJobs.waits,
      dueAt: scrapeJobs.dueAt,
      maxPages: expression(nullable("int4"))`(${jobs.jobMetadata}->>'max_pages')::int`,
      result: expression(nullable(typed<StoredResult>(jobs.resultData)))`${FOUND}`,
    })
    .from(jobs)
    .innerJoin(scrapeJobs, eq(scrapeJobs.jobId, jobs.jobId))
    .leftJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId))
    .leftJoin(leads, LEAD_OF)
    .where(
      and(eq(jobs.jobId, jobId), eq(jobs.tenantIdUuid, tenantId), hasNoRemovedBatch(jobs.batchId)),
    );
  if (!row) throw notFound("Job");
  const attempts = await reader
    .select(ATTEMPT_COLUMNS)
    .from(jobAttempts)
    .where(eq(jobAttempts.jobId, jobId))
    .orderBy(jobAttempts.attempt);
  return {
    ...toJob(row, rights),
    attemptList: attempts.map(({ startedAt, endedAt, error, finalUrl, ...attempt }) => ({
      ...attempt,
      error: withoutReach(error, rights),
      finalUrl: withoutReach(finalUrl, rights),
      startedAt: isoTime(startedAt),
      endedAt: isoTimeOrNull(endedAt),
    })),
    // People write more than a name on a line.
    input: rights.mayReadContacts ? row.input : toldName(row, rights),
    maxPages: row.maxPages ?? MAX_PAGES_DEFAULT,
    waits: row.waits,
    dueAt: isoTimeOrNull(row.dueAt),
    result: row.result && withoutReachIn(toResult(row.result), rights),
  };
}

const toResult = (stored: StoredResult): JobResult => ({
  finalUrl: stored.final_url ?? null,
  title: stored.title ?? null,
  pages: stored.pages ?? 0,
  contacts: stored.contacts ?? 0,
  phones: stored.phones ?? 0,
  technologies: stored.technologies ?? [],
  flags: stored.flags ?? [],
});
