import type { Reader } from "@scrapersky/db";
import { scrapeJobs } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { hasNoRemovedBatch } from "../batch/is-removed.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";

/** A job of a tenant and the batch it is of. */
export interface JobPlace {
  jobId: string;
  batchId: string;
  tenantId: string;
}

/** @throws DomainError NOT_FOUND when the job is unknown or of another tenant */
export async function getJobPlace(
  reader: Reader,
  tenantId: string,
  jobIdText: string,
): Promise<JobPlace> {
  const jobId = requireUuid(jobIdText, "Job");
  const [row] = await reader
    .select({ batchId: scrapeJobs.batchId })
    .from(scrapeJobs)
    .where(
      and(
        eq(scrapeJobs.jobId, jobId),
        eq(scrapeJobs.tenantId, tenantId),
        hasNoRemovedBatch(scrapeJobs.batchId),
      ),
    );
  if (!row) throw notFound("Job");
  return { jobId, batchId: row.batchId, tenantId };
}
