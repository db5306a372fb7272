import { DatabaseError } from "./errors.ts";
import { abortedBy, Slot, type SlotOptions, type StatementOptions } from "./slot.ts";
import type { StatementResult } from "./results.ts";

export interface PoolOptions extends SlotOptions {
  /** Connections at most. */
  max: number;
  acquireTimeoutMs: number;
  /** Callers that may wait at most; one more is refused at once. */
  queueMax: number;
  /** Deadline of every statement that names none. */
  statementTimeoutMs: number;
}

export interface PoolStats {
  max: number;
  /** Connections open or opening. */
  open: number;
  idle: number;
  waiting: number;
  /** Connections replaced because they died or were left in an open transaction. */
  replaced: number;
}

interface Waiter {
  give(slot: Slot): void;
  refuse(error: DatabaseError): void;
}

/** N exclusive connections, handed out first come, first served. */
export class Pool {
  readonly options: PoolOptions;
  readonly #idle: Slot[] = [];
  readonly #lent = new Set<Slot>();
  readonly #waiters = new Set<Waiter>();
  #replaced = 0;
  #closing = false;
  #drained: (() => void) | undefined;

  constructor(options: PoolOptions) {
    this.options = options;
  }

  stats(): PoolStats {
    return {
      max: this.options.max,
      open: this.#idle.length + this.#lent.size,
      idle: this.#idle.length,
      waiting: this.#waiters.size,
      replaced: this.#replaced,
    };
  }

  /**
   * Lends a connection for the caller's exclusive use; give it back with `release`.
   * @throws DatabaseError `acquire_timeout`, `overloaded`, `aborted` or `closed`
   */
  async acquire(signal?: AbortSignal): Promise<Slot> {
    if (this.#closing) throw new DatabaseError("closed", "the database is shutting down");
    if (signal?.aborted) throw abortedBy(signal);
    const free = this.#waiters.size === 0 ? this.#take() : undefined;
    if (free) return free;
    if (this.#waiters.size >= this.options.queueMax) {
      throw new DatabaseError(
        "overloaded",
        `${this.options.queueMax} callers wait for a connection already`,
      );
    }
    return this.#wait(signal);
  }

  #wait(signal: AbortSignal | undefined): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        give: (slot) => {
          leave();
          resolve(slot);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const onAbort = () => waiter.refuse(abortedBy(signal!));
      const timer = setTimeout(
        () =>
          waiter.refuse(
            new DatabaseError(
              "acquire_timeout",
              `no free connection within ${this.options.acquireTimeoutMs} ms`,
            ),
          ),
        this.options.acquireTimeoutMs,
      );
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiters.add(waiter);
    });
  }

  #take(): Slot | undefined {
    for (let slot = this.#idle.pop(); slot; slot = this.#idle.pop()) {
      if (slot.clean) {
        this.#lent.add(slot);
        return slot;
      }
      this.#replaced++;
      slot.destroy();
    }
    if (this.#lent.size >= this.options.max) return undefined;
    const slot = new Slot(this.options);
    this.#lent.add(slot);
    return slot;
  }

  /** Takes a connection back. One with an open transaction is destroyed, never handed on. */
  release(slot: Slot): void {
    if (!this.#lent.delete(slot)) return;
    if (this.#closing) void slot.close();
    else if (slot.clean) this.#idle.push(slot);
    else {
      this.#replaced++;
      slot.destroy();
    }
    for (const waiter of this.#waiters) {
      const next = this.#take();
      if (!next) break;
      waiter.give(next);
    }
    if (this.#lent.size === 0) this.#drained?.();
  }

  /** Runs one statement on any free connection. */
  async query(
    text: string,
    parameters: readonly unknown[],
    options: StatementOptions = {},
  ): Promise<StatementResult> {
    const slot = await this.acquire(options.signal);
    try {
      return await slot.run(text, parameters, this.withDeadline(options));
    } finally {
      this.release(slot);
    }
  }

  withDeadline(options: StatementOptions | undefined): StatementOptions {
    return { timeoutMs: this.options.statementTimeoutMs, ...options };
  }

  /** Admits nobody, waits for those inside until the deadline, then closes every connection. */
  async close(drainMs: number): Promise<void> {
    this.#closing = true;
    for (const waiter of this.#waiters) {
      waiter.refuse(new DatabaseError("closed", "the database is shutting down"));
    }
    if (this.#lent.size > 0) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#drained = resolve;
        }),
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, drainMs);
        }),
      ]);
      clearTimeout(timer);
    }
    for (const slot of this.#lent) slot.destroy();
    await Promise.all(this.#idle.splice(0).map((slot) => slot.close()));
  }
}
