import { GROUP_ROWS, GROUPS } from "./statement.ts";

/** What callers of one contender got done in one stretch of time. */
export interface Load {
  perSecond: number;
  /** Median of all answers. */
  p50Ms: number;
  /** Time of the process on a core, for each query. */
  cpuMicros: number;
}

/** Middle value; of an even count the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** Median of the ratios of two measured side by side: what slows one round slows both. */
export const ratioOfRounds = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));

/** The list from one place on, then from its start: no contender is always the first after a pause. */
export const rotated = <T>(list: readonly T[], by: number): T[] => {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
};

/** Keeps a number of callers asking for that long; each asks again as soon as it is answered. */
export async function load(
  rows: (siteId: number) => Promise<object[]>,
  callers: number,
  ms: number,
  rowCount = GROUP_ROWS,
): Promise<Load> {
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const until = startedAt + ms;
  let next = 0;
  const call = async () => {
    for (let now = performance.now(); now < until;) {
      next = (next + 7_919) % GROUPS;
      const found = await rows(1 + next);
      if (found.length !== rowCount) throw new Error(`${found.length} rows came back.`);
      const answeredAt = performance.now();
      times.push(answeredAt - now);
      now = answeredAt;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: times.length / seconds,
    p50Ms: median(times),
    cpuMicros: (cpu.user + cpu.system) / times.length,
  };
}
