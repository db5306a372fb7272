import { defineMachine } from "../state/machine.state.ts";

/** A submitted list: `batch_jobs.status`. */
export const BATCH = defineMachine({
  open: ["pending", "running"],
  ended: ["complete", "partial", "failed", "cancelled"],
  begins: { submit: "pending" },
  moves: {
    start: { from: ["pending"], to: "running" },
    // With its last job; BATCH_ENDINGS chooses. A batch whose jobs were all lost ends without a start.
    finish: { from: ["pending", "running"], to: ["complete", "failed", "partial"] },
    cancel: { from: ["pending", "running"], to: "cancelled" },
  },
});

/** What a batch ends as with its last job: the first line whose counter is zero, else the one without. */
export const BATCH_ENDINGS = [
  { to: "complete", none: "failed" },
  { to: "failed", none: "complete" },
  { to: "partial", none: null },
] as const satisfies readonly {
  to: (typeof BATCH.moves.finish.to)[number];
  none: "complete" | "failed" | null;
}[];

/** The same as SQL: a state, from the SQL of how many jobs of the batch are complete and how many failed. */
export const batchEnding = (counts: { complete: string; failed: string }): string =>
  `case ${BATCH_ENDINGS.map(({ to, none }) =>
    none === null ? `else '${to}'` : `when ${counts[none]} = 0 then '${to}'`,
  ).join(" ")} end`;

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
