import { defineMachine } from "../state/machine.state.ts";

/** A submitted list: `batch_jobs.status`. */
export const BATCH = defineMachine({
  open: ["pending", "running"],
  ended: ["complete", "partial", "failed", "cancelled"],
  begins: { submit: "pending" },
  moves: {
    start: { from: ["pending"], to: "running" },
    // With its last job; BATCH_ENDINGS chooses. A batch whose jobs were all lost ends without a start.
    finish: { from: ["pending", "running"], to: ["cancelled", "complete", "failed", "partial"] },
    cancel: { from: ["pending", "running"], to: "cancelled" },
  },
  reopens: {
    // With a job that runs again. A cancelled one stays so: nobody is to find it running.
    again: { from: ["complete", "partial", "failed"], to: "running" },
  },
  stays: {
    // Lines added to its list, with jobs behind those that are there.
    append: { from: ["pending", "running"] },
  },
});

/**
 * What a batch ends as with its last job: the first line whose counters are all zero. Jobs that were cancelled one by
 * one are neither complete nor failed, so the others decide; where there are no others, it is cancelled.
 */
export const BATCH_ENDINGS = [
  { to: "cancelled", none: ["complete", "failed"] },
  { to: "complete", none: ["failed"] },
  { to: "failed", none: ["complete"] },
  { to: "partial", none: [] },
] as const satisfies readonly {
  to: (typeof BATCH.moves.finish.to)[number];
  none: readonly ("complete" | "failed")[];
}[];

/** The same as SQL: a state, from the SQL of how many jobs of the batch are complete and how many failed. */
export const batchEnding = (counts: { complete: string; failed: string }): string =>
  `case ${BATCH_ENDINGS.map(({ to, none }) =>
    none.length === 0
      ? `else '${to}'`
      : `when ${none.map((counter) => `${counts[counter]} = 0`).join(" and ")} then '${to}'`,
  ).join(" ")} end`;

/**
 * Share of finished jobs, 0–100 with two decimals. Rounded down, so that 100 means all of them:
 * a progress that says 100 too early is the worse failure.
 */
export function progressPercent(finished: number, total: number): number {
  if (total <= 0) return 0;
  return Math.floor((Math.min(finished, total) / total) * 10_000) / 100;
}

/** Without a finished job for so long, work that is left is said to stand still. */
export const STALLED_AFTER_SECONDS = 120;

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
