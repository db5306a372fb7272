import { DatabaseError } from "../errors/database-error.ts";

/** Longest time that timers can count, milliseconds: 24 days. */
export const TIME_MAX_MS = 2 ** 31 - 1;

/**
 * A deadline that timers can keep.
 * @throws DatabaseError `misuse`
 */
export function checkedTimeout(ms: number | undefined, what = "timeoutMs"): number | undefined {
  if (ms === undefined || (ms > 0 && ms <= TIME_MAX_MS)) return ms;
  throw new DatabaseError("misuse", `${what} must be above 0 and at most ${TIME_MAX_MS}`);
}
