import { AsyncLocalStorage } from "node:async_hooks";
import { DatabaseError } from "./errors.ts";
import type { PoolOptions } from "./pool-options.ts";
import { Reconnect } from "./reconnect.ts";
import { Slot } from "./slot.ts";

/** A connection outlives the request that made it needed: it must not carry that request's context. */
const outsideRequests = AsyncLocalStorage.snapshot();

interface Listener {
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
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions, listener: Listener) {
    this.#options = options;
    this.#listener = listener;
  }

  get opening(): number {
    return this.#slots.size;
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
    if (waitMs === 0 || this.#slots.size > 0) return undefined;
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
    const most = this.#reconnect.healthy ? wanted : Math.min(wanted, 1);
    while (this.#slots.size < most) void outsideRequests(() => this.#open());
  }

  async #open(): Promise<void> {
    const slot = new Slot(this.#options);
    this.#slots.add(slot);
    let failure: DatabaseError | undefined;
    try {
      await slot.open();
    } catch (error) {
      failure =
        error instanceof DatabaseError ? error : new DatabaseError("other", "no connection");
    }
    this.#slots.delete(slot);
    if (failure === undefined) {
      this.#reconnect.worked();
      this.#listener.opened(slot);
    } else {
      this.#reconnect.failed(failure, performance.now());
      this.#listener.failed();
    }
  }

  #openLater(): void {
    const { failure } = this.#reconnect;
    if (this.#timer || this.#slots.size > 0 || !failure) return;
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
