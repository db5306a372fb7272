import type { Reader } from "@scrapersky/db";
import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { hasNoRemovedBatch } from "../batch/is-removed.ts";
import { notFound } from "../errors/domain-error.ts";
import { isUuid } from "../identifier.ts";
import { STORED_COLUMNS, type StoredJob, toStoredJob } from "./stored-job.ts";
import { NO_CONTACTS, type Rights } from "../list/list-rights.ts";

/**
 * One job as its table holds it, by its uuid or its number.
 * @throws DomainError NOT_FOUND
 */
export async function getStoredJob(
  reader: Reader,
  tenantId: string,
  jobId: string,
  rights: Rights = NO_CONTACTS,
): Promise<StoredJob> {
  const isNumber = /^\d{1,9}$/.test(jobId);
  if (!isNumber && !isUuid(jobId)) throw notFound("Job");
  const [row] = await reader
    .select(STORED_COLUMNS)
    .from(jobs)
    .leftJoin(scrapeJobs, eq(scrapeJobs.jobId, jobs.jobId))
    .where(
      and(
        eq(jobs.tenantIdUuid, tenantId),
        hasNoRemovedBatch(jobs.batchId),
        isNumber ? eq(jobs.id, Number(jobId)) : eq(jobs.jobId, jobId),
      ),
    );
  if (!row) throw notFound("Job");
  return toStoredJob(row, rights);
}
