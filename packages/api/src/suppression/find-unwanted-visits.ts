import type { Reader } from "@scrapersky/db";
import { ERASED } from "./erase-pattern.ts";
import { findSuppressed } from "./find-suppressed.ts";

/** A job whose site somebody is at. */
export interface Visit {
  jobId: string;
  tenantId: string;
  domain: string;
}

/** Of these visits, the ids of those whose sites their tenants never visit. */
export async function findUnwantedVisits(
  reader: Reader,
  visits: readonly Visit[],
): Promise<string[]> {
  const isSuppressed = await findSuppressed(
    reader,
    visits.map(({ tenantId, domain }) => ({ tenantId, subjects: [domain] })),
  );
  return visits
    .filter(({ tenantId, domain }) => domain === ERASED || isSuppressed(tenantId, domain))
    .map(({ jobId }) => jobId);
}
