import { findCancelled, findUnwantedVisits } from "@scrapersky/api/services";
import type { Reader } from "@scrapersky/db";
import type { ScrapeClaim } from "@scrapersky/queue";

/**
 * Ids of those claims whose scrapes should stop: their jobs are over, their tenants are switched off, or their sites are
 * suppressed by now. Of the last the job is given back, and whoever claims it next ends it.
 */
export async function findUnwanted(
  reader: Reader,
  claims: readonly ScrapeClaim[],
): Promise<Set<string>> {
  const over = await findCancelled(
    reader,
    claims.map(({ jobId }) => jobId),
  );
  return new Set([...over, ...(await findUnwantedVisits(reader, claims))]);
}
