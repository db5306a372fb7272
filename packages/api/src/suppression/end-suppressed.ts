import type { Tx } from "@scrapersky/db";
import { recordOutcomes } from "../job/record-outcome.ts";
import type { StartedJob } from "../job/start-jobs.ts";
import { ERASED } from "./erase-pattern.ts";
import { findSuppressed } from "./find-suppressed.ts";
import { suppressedOutcome } from "./withhold-suppressed.ts";

/**
 * Ends those of the jobs that have just been started whose sites their tenants never visit. Nothing is sent to them.
 * @returns ids of the jobs that are over
 */
export async function endSuppressed(
  tx: Tx,
  workerId: string,
  started: readonly StartedJob[],
): Promise<string[]> {
  const isSuppressed = await findSuppressed(
    tx,
    started.map(({ tenantId, domain }) => ({ tenantId, subjects: [domain] })),
  );
  const unwanted = started.filter(
    ({ tenantId, domain }) => domain === ERASED || isSuppressed(tenantId, domain),
  );
  const inputs = unwanted.map(({ jobId, attempt }) => ({
    jobId,
    attempt,
    workerId,
    outcome: suppressedOutcome(),
    final: true,
  }));
  if (inputs.length > 0) await recordOutcomes(tx, inputs);
  return unwanted.map(({ jobId }) => jobId);
}
