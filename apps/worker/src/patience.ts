import { type DatabaseErrorKind, findDatabaseError } from "@scrapersky/db";
import type { OutageLog } from "./outage-log.ts";
import { sleep } from "./sleep.ts";

/** Pauses before a recording is tried again while the database is away; the lease outlasts them. */
const PAUSES_MS = [200, 1_000, 3_000, 5_000, 10_000];

/** Kinds that say nothing of the work itself: the lease makes a second try safe. */
const PASSING = new Set<DatabaseErrorKind>([
  "connection_lost",
  "outcome_unknown",
  "statement_timeout",
]);

/** Tries again what the database may take later. Facts are dropped only together with the lease, and then the job runs again. */
export async function patiently<T>(
  name: string,
  outage: OutageLog,
  write: () => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const result = await write();
      outage.succeeded(name);
      return result;
    } catch (error) {
      const pauseMs = PAUSES_MS[tries];
      const fault = findDatabaseError(error);
      // After an unknown outcome the lease decides: had it been committed, the second try is refused.
      const passing = fault && (fault.retryable || PASSING.has(fault.kind));
      if (!passing || pauseMs === undefined) throw error;
      outage.failed(name, { fault: fault.kind });
      await sleep(pauseMs);
    }
  }
}
