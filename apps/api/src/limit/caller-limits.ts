import type { LimitSettings } from "./default-limits.ts";
import type { CreateCounter } from "./limit-store.ts";
import { SharedLimit, type Standing } from "./shared-limit.ts";

/** Whom calls are counted for. A page is what the dashboard's server asks for a person, to draw one. */
export type LimitedCaller = { kind: "key" | "person" | "page" | "address"; id: string };

/** What is left to a caller, and whether this call was too many. */
export interface Admission {
  standings: readonly Standing[];
  /** Milliseconds until it may be tried again; undefined: admitted. */
  waitMs: number | undefined;
}

export interface CallerLimits {
  /** @param calls in one request: each counts */
  admit(caller: LimitedCaller, calls: number): Promise<Admission>;
}

const MINUTE = 60;
/** After this long a burst may be had again: it is for what comes now and then. */
const BURST_SECONDS = 300;
/** A page asks for several things at once, and those it leads to may be drawn before somebody goes there. */
const CALLS_PER_PAGE = 5;

/** A limit of 0 is none. */
export function createCallerLimits(
  settings: LimitSettings,
  createCounter: CreateCounter,
  now?: () => number,
): CallerLimits {
  const limit = (name: string, points: number, seconds = MINUTE): SharedLimit[] =>
    points === 0
      ? []
      : [new SharedLimit(name, { points, seconds }, createCounter(name, { points, seconds }), now)];
  const { LIMIT_KEY, LIMIT_KEY_BURST, LIMIT_PERSON, LIMIT_ADDRESS } = settings;
  /** In their order: the next one gives where the one before has nothing left. */
  const limits: Record<LimitedCaller["kind"], SharedLimit[]> = {
    key: [
      ...limit("key", LIMIT_KEY),
      ...(LIMIT_KEY === 0 ? [] : limit("burst", LIMIT_KEY_BURST, BURST_SECONDS)),
    ],
    person: limit("person", LIMIT_PERSON),
    page: limit("page", LIMIT_PERSON * CALLS_PER_PAGE),
    address: limit("address", LIMIT_ADDRESS),
  };
  return {
    async admit({ kind, id }, calls) {
      const standings: Standing[] = [];
      for (const one of limits[kind]) {
        const standing = await one.take(id, calls);
        standings.push(standing);
        if (standing.admitted) return { standings, waitMs: undefined };
      }
      const waits = standings.map(({ resetMs }) => resetMs);
      return { standings, waitMs: standings.length === 0 ? undefined : Math.min(...waits) };
    },
  };
}
