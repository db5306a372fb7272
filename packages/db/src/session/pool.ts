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
  /** Age at which a connection is replaced, when nobody uses it; each one's own, up to a tenth earlier. */
  lifetimeMs: number;
  /** A connection nobody used for this long is closed. */
  idleTimeoutMs: number;
  /** A connection idle for longer must answer before it is lent. */
  validateAfterMs: number;
}

/** Longest wait for the answer that shows a long idle connection to be alive. */
const VALIDATION_TIMEOUT_MS = 2_000;
const SWEEPS_PER_IDLE_TIMEOUT = 4;
const SWEEP_MS_MAX = 30_000;

export interface PoolStats {
  max: number;
  /** Connections open or opening. */
  open: number;
  idle: number;
  waiting: number;
  /** Connections replaced because they died or were left in an open transaction. */
  replaced: number;
}

/** A connection nobody uses at the moment. */
interface IdleSlot {
  slot: Slot;
  since: number;
}

interface Waiter {
  give(slot: Slot): void;
  refuse(error: DatabaseError): void;
}

/** N exclusive connections, handed out first come, first served. */
export class Pool {
  readonly options: PoolOptions;
  readonly #idle: IdleSlot[] = [];
  readonly #lent = new Set<Slot>();
  readonly #expiry = new WeakMap<Slot, number>();
  readonly #waiters = new Set<Waiter>();
  #replaced = 0;
  #closing = false;
  #retiring = false;
  #drained: (() => void) | undefined;
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: PoolOptions) {
    this.options = options;
    const sweepMs = Math.min(options.idleTimeoutMs / SWEEPS_PER_IDLE_TIMEOUT, SWEEP_MS_MAX);
    this.#sweeper = setInterval(() => this.#sweep(), sweepMs).unref();
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
    for (;;) {
      const { slot, idleMs } = await this.#lend(signal);
      if (idleMs <= this.options.validateAfterMs) return slot;
      try {
        await slot.run("select 1", [], { timeoutMs: VALIDATION_TIMEOUT_MS });
        return slot;
      } catch {
        slot.destroy();
        this.release(slot);
      }
    }
  }

  async #lend(signal: AbortSignal | undefined): Promise<{ slot: Slot; idleMs: number }> {
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
    return { slot: await this.#wait(signal), idleMs: 0 };
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

  #take(): { slot: Slot; idleMs: number } | undefined {
    for (let entry = this.#idle.pop(); entry; entry = this.#idle.pop()) {
      const { slot, since } = entry;
      if (slot.clean) {
        this.#lent.add(slot);
        return { slot, idleMs: performance.now() - since };
      }
      this.#replaced++;
      slot.destroy();
    }
    if (this.#lent.size >= this.options.max) return undefined;
    const slot = new Slot(this.options);
    const lifetimeMs = this.options.lifetimeMs * (0.9 + Math.random() * 0.1);
    this.#expiry.set(slot, performance.now() + lifetimeMs);
    this.#lent.add(slot);
    return { slot, idleMs: 0 };
  }

  /** Takes a connection back. One with an open transaction is destroyed, never handed on. */
  release(slot: Slot): void {
    if (!this.#lent.delete(slot)) return;
    const now = performance.now();
    if (this.#closing) void slot.close();
    else if (!slot.clean) {
      this.#replaced++;
      slot.destroy();
    } else if (this.#expired(slot, now)) this.#retire(slot);
    else this.#idle.push({ slot, since: now });
    for (const waiter of this.#waiters) {
      const next = this.#take();
      if (!next) break;
      waiter.give(next.slot);
    }
    if (this.#lent.size === 0) this.#drained?.();
  }

  #expired = (slot: Slot, now: number): boolean =>
    !this.#retiring && now > (this.#expiry.get(slot) ?? Infinity);

  /** One at a time: connections opened together must not all be opened again together. */
  #retire(slot: Slot): void {
    this.#retiring = true;
    void slot.close().finally(() => {
      this.#retiring = false;
    });
  }

  /** Closes what nobody used for long, the longest idle first. */
  #sweep(): void {
    const now = performance.now();
    const staying: IdleSlot[] = [];
    for (const entry of this.#idle.splice(0)) {
      if (!entry.slot.clean) entry.slot.destroy();
      else if (now - entry.since > this.options.idleTimeoutMs) void entry.slot.close();
      else if (this.#expired(entry.slot, now)) this.#retire(entry.slot);
      else staying.push(entry);
    }
    this.#idle.push(...staying);
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
    clearInterval(this.#sweeper);
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
    await Promise.all(this.#idle.splice(0).map(({ slot }) => slot.close()));
  }
}
