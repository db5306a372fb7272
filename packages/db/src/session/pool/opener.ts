import { AsyncLocalStorage } from "node:async_hooks";
import type { PoolOptions, SlotOptions } from "../config/pool-options.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { Slot } from "../wire/slot.ts";
import { Reconnect } from "./reconnect.ts";

/** A connection outlives the request that made it needed: it must not carry that request's context. */
const outsideRequests = AsyncLocalStorage.snapshot();

/** Openings side by side. Poolers ban clients after ten refused logins in a short time. */
const AT_ONCE_MAX = 4;

/**
 * True when a pooler refused settings that may be left out, which they are from now on: as they are when
 * its port tells of it.
 */
export function leavesOutStartup(options: SlotOptions, error: unknown): boolean {
  const { startup, startupIsOptional } = options;
  const names = Object.keys(startup);
  if (!startupIsOptional || names.length === 0 || !(error instanceof DatabaseError)) return false;
  if (error.reason !== "setting_refused" || error.pooler === undefined) return false;
  for (const name of names) delete startup[name];
  return true;
}

interface Listener {
  /** True while a connection is open: what lets it in will most likely let in others. */
  proven(): boolean;
  opened(slot: Slot): void;
  failed(): void;
  /** The next try is allowed: open again if it is still wanted. */
  again(): void;
}

/** Opens connections: side by side while all is well, one careful try at a time when it is not. */
export class Opener {
  readonly #options: PoolOptions;
  readonly #listener: Listener;
  readonly #reconnect = new Reconnect();
  readonly #slots = new Set<Slot>();
  #opening = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions, listener: Listener) {
    this.#options = options;
    this.#listener = listener;
  }

  get opening(): number {
    return this.#opening;
  }

  /** Why the last try failed, if none has worked since. */
  get failure(): DatabaseError | undefined {
    return this.#reconnect.failure;
  }

  /** What to tell a caller when there is no point in waiting for the next try. */
  refusal(): DatabaseError | undefined {
    const { failure, hopeless } = this.#reconnect;
    if (!failure || !hopeless) return undefined;
    const waitMs = Math.ceil(this.#reconnect.waitMs(performance.now()));
    if (waitMs === 0 || this.#opening > 0) return undefined;
    return new DatabaseError(failure.kind, `${failure.message}; next try in ${waitMs} ms`, {
      sqlstate: failure.sqlstate,
      pooler: failure.pooler,
      retryable: failure.retryable,
      retryAfterMs: waitMs,
      cause: failure,
    });
  }

  /** Starts as many openings as make `wanted` together with those under way, or arranges for it. */
  open(wanted: number): void {
    if (wanted <= 0) return;
    if (this.#reconnect.waitMs(performance.now()) > 0) return this.#openLater();
    const atOnce = this.#reconnect.healthy && this.#listener.proven() ? AT_ONCE_MAX : 1;
    const most = Math.min(wanted, atOnce);
    for (let count = this.#opening; count < most; count++) void outsideRequests(() => this.#open());
  }

  async #open(): Promise<void> {
    this.#opening++;
    const opened = await this.#tryToOpen();
    this.#opening--;
    if (opened instanceof DatabaseError) {
      this.#reconnect.failed(opened, performance.now());
      this.#listener.failed();
    } else {
      this.#reconnect.worked();
      this.#listener.opened(opened);
    }
  }

  async #tryToOpen(): Promise<Slot | DatabaseError> {
    let slot: Slot | undefined;
    try {
      slot = new Slot(this.#options);
      this.#slots.add(slot);
      await slot.open();
      return slot;
    } catch (cause) {
      if (leavesOutStartup(this.#options, cause)) return this.#tryToOpen();
      if (cause instanceof DatabaseError) return cause;
      return new DatabaseError("other", "no connection could be made", { cause });
    } finally {
      if (slot) this.#slots.delete(slot);
    }
  }

  #openLater(): void {
    const { failure } = this.#reconnect;
    if (this.#timer || this.#opening > 0 || !failure) return;
    // Timers count whole milliseconds: one that fires a moment early would have to wait again.
    const pauseMs = Math.ceil(this.#reconnect.waitMs(performance.now())) + 1;
    this.#options.hooks.retry?.({
      what: "connect",
      attempt: this.#reconnect.rounds,
      failure: failure.kind,
      pauseMs,
    });
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#listener.again();
    }, pauseMs);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const slot of this.#slots) slot.destroy();
  }
}
