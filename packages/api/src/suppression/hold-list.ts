import { SUBJECTS } from "../lock/take-lock.ts";

/**
 * Holds the list of the tenant whose id this SQL gives until the transaction ends, together with others who only read
 * it. To be read in a later statement: the one that waited for the lock sees what was before.
 */
export const holdList = (tenantId: string): string =>
  `pg_advisory_xact_lock_shared(hashtextextended(${tenantId}::text, ${SUBJECTS.suppressions}))`;
