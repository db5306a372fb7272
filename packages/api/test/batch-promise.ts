import type { BatchCounts } from "../src/batch/batch.contract.ts";
import type { BatchStatus } from "../src/status.ts";

/**
 * The state that docs/lifecycle.md promises of a batch, given its jobs. Said here once more, in words of
 * its own: what the product says is made from its machine, and would agree with any mistake in it.
 */
export function promisedStatus(counts: BatchCounts, started: boolean): BatchStatus {
  if (counts.cancelled > 0) return "cancelled";
  if (counts.pending + counts.running > 0) return started ? "running" : "pending";
  if (counts.failed === 0) return "complete";
  return counts.complete > 0 ? "partial" : "failed";
}
