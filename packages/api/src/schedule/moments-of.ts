import { Cron } from "croner";
import { isTimeZone } from "../time-zone.ts";

/** The moments of a cron text in a time zone. */
export interface Moments {
  /** The first one after a time; undefined when there is none. */
  next(after: Date): Date | undefined;
  /** The first ones after a time, at most so many. */
  nextOnes(count: number, after: Date): Date[];
  /** The last one up to a time, itself included. */
  last(until: Date): Date | undefined;
}

/**
 * Where the clock leaves out an hour, a fixed time in it comes at its end; where it repeats one, a fixed time comes once.
 * What runs every few minutes or hours goes on through both.
 */
export const parseCron = (cron: string, timeZone: string): Cron =>
  new Cron(cron, {
    timezone: timeZone,
    mode: "5-part",
    fixedTimeRule: "no-wildcard",
    paused: true,
  });

/**
 * Reads what was read before, of a schedule that is stored.
 * @throws Error when this program cannot read it
 */
export function momentsOf({ cron, timeZone }: { cron: string; timeZone: string }): Moments {
  if (!isTimeZone(timeZone)) throw new Error("no time zone of this name is known");
  const parsed = parseCron(cron, timeZone);
  return {
    next: (after) => parsed.nextRun(after) ?? undefined,
    nextOnes: (count, after) => parsed.nextRuns(count, after),
    last: (until) => parsed.previousRuns(1, new Date(until.getTime() + 1))[0],
  };
}
