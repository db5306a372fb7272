import type { BatchStatus } from "../status.ts";
import type { BatchCounts } from "./batch.contract.ts";

/** Where a batch may go from each state. Nothing leaves a terminal state. */
export const BATCH_TRANSITIONS = {
  pending: ["running", "complete", "partial", "failed", "cancelled"],
  running: ["complete", "partial", "failed", "cancelled"],
  complete: [],
  partial: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<BatchStatus, readonly BatchStatus[]>;

export const canBatchMove = (from: BatchStatus, to: BatchStatus): boolean =>
  (BATCH_TRANSITIONS[from] as readonly BatchStatus[]).includes(to);

/**
 * The state a batch must be in, given its jobs. Cancelled jobs exist only in a cancelled batch, and a
 * batch has started once a job has left `pending` other than by being refused at creation.
 */
export function batchStatusFromCounts(counts: BatchCounts, started: boolean): BatchStatus {
  if (counts.cancelled > 0) return "cancelled";
  if (counts.pending + counts.running > 0) return started ? "running" : "pending";
  if (counts.failed === 0) return "complete";
  return counts.complete === 0 ? "failed" : "partial";
}

/**
 * Share of finished jobs, 0–100 with two decimals. Rounded down, so that 100 means all of them:
 * a progress that says 100 too early is the worse failure.
 */
export function progressPercent(finished: number, total: number): number {
  if (total <= 0) return 0;
  return Math.floor((Math.min(finished, total) / total) * 10_000) / 100;
}

/** How a running batch moves. Lines refused at creation are not counted: they took no time. */
export interface Pace {
  /** Jobs waiting or running. */
  left: number;
  finished: number;
  finishedLastMinute: number;
  /** Seconds since the batch started. */
  runningSeconds: number;
}

/** Jobs finished a minute over the last minute; null while the batch runs for less than ten seconds. */
export function ratePerMinute({ finishedLastMinute, runningSeconds }: Pace): number | null {
  if (runningSeconds < 10) return null;
  return Math.round((finishedLastMinute / (Math.min(runningSeconds, 60) / 60)) * 10) / 10;
}

/**
 * Seconds left, between what the last minute and what the whole run promise; null below 20 finished jobs,
 * 30 s of running, or when nothing moves.
 */
export function etaSeconds(pace: Pace): { low: number; high: number } | null {
  const { left, finished, finishedLastMinute, runningSeconds } = pace;
  if (finished < 20 || runningSeconds < 30 || left <= 0 || finishedLastMinute === 0) return null;
  const rates = [finishedLastMinute / Math.min(runningSeconds, 60), finished / runningSeconds];
  return {
    low: Math.ceil((left / Math.max(...rates)) * 0.9),
    high: Math.ceil((left / Math.min(...rates)) * 1.1),
  };
}
