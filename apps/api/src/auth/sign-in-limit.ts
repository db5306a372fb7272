import { createHash } from "node:crypto";
import { type RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** Slows down guessing of one person's password from one address: whoever guesses from there locks nobody out elsewhere. */

export const SIGN_IN_WINDOW_SECONDS = 300;

/** How a try ended; `other`: the password was not looked at. */
export type TryOutcome = "right" | "wrong" | "other";

/** A place to try a password in, or the milliseconds until there may be one. */
export type SignInTry =
  | { allowed: true; end(outcome: TryOutcome): Promise<void> }
  | { allowed: false; waitMs: number };

export interface SignInLimit {
  /** Takes a place before the password is looked at. Whoever gets one ends it, once. */
  begin(email: string, address: string): Promise<SignInTry>;
}

/**
 * Each try counts as a failure from its beginning on, so that those sent at once are no more than those sent one after the
 * other, whichever api they go to. A right password forgets all of them.
 */
export const createSignInLimit = (
  counter: Pick<RateLimiterPostgres, "consume" | "reward" | "delete"> | undefined,
): SignInLimit => ({
  async begin(email, address) {
    if (!counter) return { allowed: true, end: () => Promise.resolve() };
    const key = keyOf(email, address);
    try {
      await counter.consume(key);
    } catch (refused) {
      if (refused instanceof RateLimiterRes)
        return { allowed: false, waitMs: refused.msBeforeNext };
      throw refused;
    }
    return {
      allowed: true,
      async end(outcome) {
        if (outcome === "right") await counter.delete(key);
        if (outcome === "other") await counter.reward(key);
      },
    };
  },
});

/** Hashed: what somebody types as an e-mail address may be anything, a password too. */
const keyOf = (email: string, address: string): string =>
  createHash("sha256")
    .update(JSON.stringify([email.trim().toLowerCase().slice(0, 320), address]))
    .digest("base64url");
