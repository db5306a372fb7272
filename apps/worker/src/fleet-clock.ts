import { sleep } from "./sleep.ts";

/** A clock that never goes back, and waiting; tests bring their own. */
export interface FleetClock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: FleetClock = { now: () => performance.now(), sleep };

/** Milliseconds. */
export interface FleetTimes {
  /** How long the first who asks waits for others to be asked for together. */
  gather: number;
  /** Between two looks for places of an address that has none. */
  poll: number;
  /** A place goes from visit to visit of this worker for so long; then another worker may have it. */
  held: number;
  /** A place that nobody uses stays for the next visit for so long. */
  idle: number;
}

export const FLEET_TIMES: FleetTimes = { gather: 15, poll: 300, held: 10_000, idle: 500 };
