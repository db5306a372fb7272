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

export interface EtaInput {
  total: number;
  finished: number;
  /** Seconds since the batch started. */
  runningSeconds: number;
  finishedLastMinute: number;
  finishedLastFiveMinutes: number;
}

/** Jobs finished a minute over the last minute; null while the batch runs for less than ten seconds. */
export function ratePerMinute(input: EtaInput): number | null {
  if (input.runningSeconds < 10) return null;
  const minutes = Math.min(input.runningSeconds, 60) / 60;
  return Math.round((input.finishedLastMinute / minutes) * 10) / 10;
}

/** Seconds left as a range; null below 20 finished jobs, 30 s of running, or when nothing moves. */
export function etaSeconds(input: EtaInput): { low: number; high: number } | null {
  if (input.finished < 20 || input.runningSeconds < 30) return null;
  const left = input.total - input.finished;
  const rates = [
    input.finishedLastMinute / Math.min(input.runningSeconds, 60),
    input.finishedLastFiveMinutes / Math.min(input.runningSeconds, 300),
  ].filter((rate) => rate > 0);
  if (left <= 0 || rates.length === 0) return null;
  return {
    low: Math.ceil((left / Math.max(...rates)) * 0.9),
    high: Math.ceil((left / Math.min(...rates)) * 1.1),
  };
}
