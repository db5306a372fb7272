import type { Tx } from "@scrapersky/db";
import { recordOutcomes } from "../job/record-outcome.ts";
import type { StartedJob } from "../job/start-jobs.ts";
import { findUnwantedVisits } from "./find-unwanted-visits.ts";
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
  const unwanted = new Set(await findUnwantedVisits(tx, started));
  const ended = started.filter(({ jobId }) => unwanted.has(jobId));
  const inputs = ended.map(({ jobId, attempt }) => ({
    jobId,
    attempt,
    workerId,
    outcome: suppressedOutcome(),
    final: true,
  }));
  if (inputs.length > 0) await recordOutcomes(tx, inputs);
  return [...unwanted];
}
