import type { Reader } from "@scrapersky/db";
import { scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, inArray } from "drizzle-orm";

/** The batches of these jobs, of those that are the tenant's, by the jobs' ids. */
export async function findJobBatches(
  reader: Reader,
  tenantId: string,
  jobIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await reader
    .select({ jobId: scrapeJobs.jobId, batchId: scrapeJobs.batchId })
    .from(scrapeJobs)
    .where(and(inArray(scrapeJobs.jobId, [...jobIds]), eq(scrapeJobs.tenantId, tenantId)));
  return new Map(rows.map(({ jobId, batchId }) => [jobId, batchId]));
}
