/** Slows down guessing of one person's password, whatever addresses the guesses come from. */

const FAILURES_MAX = 10;
const WINDOW_MS = 5 * 60_000;
const PEOPLE_MAX = 10_000;
/** When the tries under way, and not failures, fill all places. */
const BUSY_WAIT_MS = 1000;

/** How a try ended; `other`: the password was not looked at. */
export type TryOutcome = "right" | "wrong" | "other";

/** A place to try a password in, or the milliseconds until there may be one. */
export type SignInTry =
  | { allowed: true; end(outcome: TryOutcome): void }
  | { allowed: false; waitMs: number };

export interface SignInLimit {
  /** Takes a place before the password is looked at. Whoever gets one ends it, once. */
  begin(email: string): SignInTry;
}

/**
 * Counts sign-ins by e-mail in memory: the failed ones, in a window that begins with the first one, and
 * those under way, which may all fail.
 */
export function createSignInLimit(now: () => number = Date.now): SignInLimit {
  const failures = new Map<string, { count: number; since: number }>();
  const underWay = new Map<string, number>();

  const failuresOf = (key: string) => {
    const entry = failures.get(key);
    if (!entry || now() - entry.since < WINDOW_MS) return entry;
    failures.delete(key);
    return undefined;
  };
  const noteFailure = (key: string): void => {
    const entry = failuresOf(key) ?? { count: 0, since: now() };
    entry.count++;
    failures.set(key, entry);
    const oldest = failures.keys().next();
    if (failures.size > PEOPLE_MAX && oldest.value !== undefined) failures.delete(oldest.value);
  };
  const end = (key: string, outcome: TryOutcome): void => {
    const left = (underWay.get(key) ?? 0) - 1;
    if (left > 0) underWay.set(key, left);
    else underWay.delete(key);
    if (outcome === "wrong") noteFailure(key);
    if (outcome === "right") failures.delete(key);
  };

  return {
    begin(email) {
      const key = email.trim().toLowerCase().slice(0, 320);
      const failed = failuresOf(key);
      if (failed && failed.count >= FAILURES_MAX) {
        return { allowed: false, waitMs: failed.since + WINDOW_MS - now() };
      }
      const running = underWay.get(key) ?? 0;
      if ((failed?.count ?? 0) + running >= FAILURES_MAX) {
        return { allowed: false, waitMs: BUSY_WAIT_MS };
      }
      underWay.set(key, running + 1);
      return { allowed: true, end: (outcome) => end(key, outcome) };
    },
  };
}
