import { type Db, executeForLibrary, withOptions } from "@scrapersky/db";
import type { Logger } from "pino";
import { RateLimiterMemory, RateLimiterPostgres } from "rate-limiter-flexible";

/** No call waits longer for a count. */
const COUNT_MS_MAX = 500;
const SAID_EVERY_MS = 60_000;

/** So many points in each window, which begins with the first of them. */
export interface Window {
  points: number;
  seconds: number;
  /** Milliseconds that a count may be waited for, where one too many is worse than to wait. */
  patienceMs?: number;
}

/** Makes the counters of this process, each with a name of its own. */
export type CreateCounter = (name: string, window: Window) => RateLimiterPostgres;

/**
 * Counters in `app.rate_limits`, which all apis of a database share. While they cannot be reached, each api counts by itself: a limit
 * is then that many times as high, where refusing would shut everybody out and letting all pass would hold nobody.
 */
export function createLimitStore(db: Db, log: Logger): CreateCounter {
  let saidAt = -Infinity;
  const createQuery = (timeoutMs: number) => {
    const executor = withOptions(db, { timeoutMs, name: "limits" });
    return async ({ text, values }: { text: string; values?: unknown[] }) => {
      try {
        return await executeForLibrary(executor, text, values);
      } catch (error) {
        if (performance.now() - saidAt > SAID_EVERY_MS) {
          saidAt = performance.now();
          log.warn({ part: "limits" }, "limits are counted by this process alone for now");
        }
        throw error;
      }
    };
  };
  return (name, { points, seconds, patienceMs = COUNT_MS_MAX }) =>
    new RateLimiterPostgres({
      storeClient: { query: createQuery(patienceMs) },
      storeType: "client",
      schemaName: "app",
      tableName: "rate_limits",
      tableCreated: true,
      // A worker does it, once for all.
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points,
      duration: seconds,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    });
}
