import type { DatabaseError, DatabaseErrorKind } from "../errors/database-error.ts";
import { backoffMs } from "./retry.ts";

/** Pauses between tries when the way or the server is in trouble: quick at first, one a second at most. */
const TRANSIENT_MS = { first: 50, max: 1_000 };
/**
 * Pauses when the login itself is wrong, by chance down to half of it. Supavisor bans whoever is refused ten
 * times in 150 s: so api and worker, each with a pool and a check of health, stay below that.
 */
const REFUSED_MS = { first: 150_000, max: 150_000 };
/**
 * Pauses when something else is set wrongly, which nobody bans for: a certificate, a setting of the role, a
 * database that is not there, such as while it is moved.
 */
const WRONG_MS = { first: 5_000, max: 60_000 };
const NO_DATABASE = "3D000";
/** Rounds of failed tries after which waiting callers are told. */
const PATIENCE = 3;

/** A pause asked for by a pooler that nobody should be kept waiting for. */
const LONG_PAUSE_MS = 5_000;

const WRONG_LOGIN = new Set<DatabaseErrorKind>(["authentication", "configuration", "permission"]);

/** Whether and when a new connection may be tried: the circuit breaker in front of the server. */
export class Reconnect {
  #rounds = 0;
  #notBefore = 0;
  /** Why the last try failed; undefined once one has worked. */
  failure: DatabaseError | undefined;

  /** True while nothing failed lately: connections may be opened side by side. */
  get healthy(): boolean {
    return this.failure === undefined;
  }

  /** Milliseconds until the next try is allowed. */
  waitMs(now: number): number {
    return Math.max(0, this.#notBefore - now);
  }

  /** Rounds that failed in a row. */
  get rounds(): number {
    return this.#rounds;
  }

  /** True when callers need not wait for another try. */
  get hopeless(): boolean {
    const { failure } = this;
    if (failure === undefined) return false;
    const theirPauseMs = failure.retryAfterMs ?? 0;
    return (
      this.#rounds >= PATIENCE || WRONG_LOGIN.has(failure.kind) || theirPauseMs > LONG_PAUSE_MS
    );
  }

  worked(): void {
    this.#rounds = 0;
    this.#notBefore = 0;
    this.failure = undefined;
  }

  /** Counts a failed try. Tries made side by side are one round: they met the same fault. */
  failed(error: DatabaseError, now: number): void {
    this.failure = error;
    if (now < this.#notBefore) return;
    this.#rounds++;
    const isLogin = error.sqlstate !== undefined && error.sqlstate !== NO_DATABASE;
    const wrong = isLogin ? REFUSED_MS : WRONG_MS;
    const { first, max } = WRONG_LOGIN.has(error.kind) ? wrong : TRANSIENT_MS;
    this.#notBefore = now + Math.max(backoffMs(this.#rounds, first, max), error.retryAfterMs ?? 0);
  }
}
