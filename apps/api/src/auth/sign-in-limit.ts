/** Slows down guessing of one person's password, whatever addresses the guesses come from. */

const FAILURES_MAX = 10;
const WINDOW_MS = 5 * 60_000;
const PEOPLE_MAX = 10_000;

export interface SignInLimit {
  /** Milliseconds until another try is let through; 0 when it is now. */
  waitMs(email: string): number;
  noteFailure(email: string): void;
  noteSuccess(email: string): void;
}

/** Counts failed sign-ins by e-mail in memory, in a window that begins with the first one. */
export function createSignInLimit(now: () => number = Date.now): SignInLimit {
  const failures = new Map<string, { count: number; since: number }>();
  const keyOf = (email: string): string => email.trim().toLowerCase().slice(0, 320);
  const current = (email: string) => {
    const entry = failures.get(keyOf(email));
    if (entry && now() - entry.since >= WINDOW_MS) {
      failures.delete(keyOf(email));
      return undefined;
    }
    return entry;
  };
  return {
    waitMs(email) {
      const entry = current(email);
      return entry && entry.count >= FAILURES_MAX ? entry.since + WINDOW_MS - now() : 0;
    },
    noteFailure(email) {
      const entry = current(email) ?? { count: 0, since: now() };
      entry.count++;
      failures.set(keyOf(email), entry);
      const oldest = failures.keys().next();
      if (failures.size > PEOPLE_MAX && oldest.value !== undefined) failures.delete(oldest.value);
    },
    noteSuccess: (email) => void failures.delete(keyOf(email)),
  };
}
