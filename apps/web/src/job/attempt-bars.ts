import type { JobAttempt, JobDetail } from "@scrapersky/api/contract";

export type PhaseName = "fetch" | "parse" | "store" | "other";

export interface AttemptBar {
  attempt: JobAttempt;
  /** Place and length on an axis from the first attempt's start to the last one's end. */
  leftPercent: number;
  widthPercent: number;
  durationMs: number;
  phases: { name: PhaseName; ms: number }[];
}

const phaseOf = ({ timings }: JobAttempt, name: Exclude<PhaseName, "other">): number | undefined =>
  timings[`${name}Ms`];

const phasesOf = (attempt: JobAttempt, durationMs: number): AttemptBar["phases"] => {
  const known = (["fetch", "parse", "store"] as const).flatMap((name) => {
    const ms = phaseOf(attempt, name);
    return ms === undefined || ms <= 0 ? [] : [{ name, ms }];
  });
  const rest = durationMs - known.reduce((sum, { ms }) => sum + ms, 0);
  // Timings of requests that ran side by side may sum to more than the clock says: then there is no rest.
  return rest > durationMs * 0.01 || known.length === 0
    ? [...known, { name: "other", ms: Math.max(rest, 1) }]
    : known;
};

/** Lays the attempts of a job on one time axis; running ones reach to `nowMs`. */
export const attemptBars = (
  job: Pick<JobDetail, "createdAt" | "attemptList">,
  nowMs: number,
): { bars: AttemptBar[]; spanMs: number; queuedMs: number } => {
  const times = job.attemptList.map((attempt) => {
    const startMs = Date.parse(attempt.startedAt);
    const endMs = attempt.endedAt === null ? Math.max(nowMs, startMs) : Date.parse(attempt.endedAt);
    return { attempt, startMs, endMs };
  });
  const createdMs = Date.parse(job.createdAt);
  const originMs = Math.min(...times.map(({ startMs }) => startMs));
  if (!Number.isFinite(originMs))
    return { bars: [], spanMs: 0, queuedMs: Math.max(0, nowMs - createdMs) };
  const spanMs = Math.max(1, Math.max(...times.map(({ endMs }) => endMs)) - originMs);
  return {
    spanMs,
    queuedMs: Math.max(0, originMs - createdMs),
    bars: times.map(({ attempt, startMs, endMs }) => ({
      attempt,
      leftPercent: ((startMs - originMs) / spanMs) * 100,
      widthPercent: ((endMs - startMs) / spanMs) * 100,
      durationMs: endMs - startMs,
      phases: phasesOf(attempt, endMs - startMs),
    })),
  };
};
