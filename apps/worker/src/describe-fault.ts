import { findDatabaseError } from "@scrapersky/db";
import type { ScrapeClaim } from "@scrapersky/queue";

/** What a log says of an error: kind and SQLSTATE of the database's, the stack of a fault of our own. */
export function describeFault(error: unknown, claim?: ScrapeClaim): object {
  const fault = findDatabaseError(error);
  const reason = fault
    ? { fault: fault.kind, sqlstate: fault.sqlstate }
    : { error: error instanceof Error ? error.stack : String(error) };
  return claim ? { jobId: claim.jobId, domain: claim.domain, ...reason } : reason;
}
