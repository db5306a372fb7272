import type { ReplacedEvent } from "../config/hooks.ts";
import type { PoolOptions, PoolStats } from "../config/pool-options.ts";
import { DatabaseError } from "../errors/database-error.ts";
import type { Slot } from "../wire/slot.ts";
import { abortedBy } from "../wire/statement.ts";
import { Loans } from "./loans.ts";
import { Opener } from "./opener.ts";
import { reportWait } from "./report-wait.ts";
import { RetryBudget } from "./retry.ts";
import { type Use, Waiters } from "./waiters.ts";

/** Longest wait for the answer that shows a long idle connection to be alive. */
const VALIDATION_TIMEOUT_MS = 2_000;
const SWEEPS_PER_PERIOD = 4;
const SWEEP_MS_MAX = 30_000;

/** A connection nobody uses at the moment. */
interface IdleSlot {
  slot: Slot;
  since: number;
  /** When it last gave a sign of life. */
  heard: number;
}

/** N exclusive connections, handed out first come, first served. */
export class Pool {
  readonly options: PoolOptions;
  readonly loans: Loans;
  readonly budget = new RetryBudget();
  readonly #idle: IdleSlot[] = [];
  readonly #lent = new Set<Slot>();
  readonly #expiry = new WeakMap<Slot, number>();
  readonly #waiters: Waiters;
  readonly #opener: Opener;
  readonly #sweeper: NodeJS.Timeout;
  #replaced = 0;
  /** Whether a pooler stands in between, as the last connection told that was opened. */
  behindPooler: boolean | undefined;
  #closing = false;
  #retiring = false;
  #drained: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: PoolOptions) {
    this.options = options;
    this.#waiters = new Waiters(options.queueMax, () => this.#mayBeDrained());
    this.loans = new Loans(options.leakAfterMs, options.hooks);
    this.#opener = new Opener(options, {
      proven: () => this.#idle.length + this.#lent.size > 0,
      opened: (slot) => this.#opened(slot),
      failed: () => this.#openingFailed(),
      again: () => this.#grow(),
    });
    const periods = [options.idleTimeoutMs, options.keepaliveMs, options.leakAfterMs];
    const sweepMs = Math.min(...periods.map((ms) => ms / SWEEPS_PER_PERIOD), SWEEP_MS_MAX);
    this.#sweeper = setInterval(() => this.#sweep(), sweepMs).unref();
  }

  stats(): PoolStats {
    const idle = this.#idle.length;
    const lent = this.#lent.size;
    return {
      min: this.options.min,
      max: this.options.max,
      open: idle + lent + this.#opener.opening,
      idle,
      lent,
      opening: this.#opener.opening,
      waiting: this.#waiters.size,
      replaced: this.#replaced,
      failing: this.#opener.failure?.kind,
    };
  }

  /**
   * Lends a connection for the caller's exclusive use; give it back with `release`.
   * @param timeoutMs longest wait; default: the acquire timeout
   * @throws DatabaseError `acquire_timeout`, `overloaded`, `aborted`, `closed`, or why no connection
   * can be made
   */
  acquire(signal?: AbortSignal, timeoutMs?: number): Promise<Slot> {
    return this.lend((slot) => slot, signal, timeoutMs);
  }

  /**
   * The same for `use`, which gets the connection in the very turn in which it becomes free: what it
   * sends is on its way before whoever had the connection hears of his answer and goes on.
   */
  lend<T>(
    use: Use<T>,
    signal?: AbortSignal,
    timeoutMs: number = this.options.acquireTimeoutMs,
  ): Promise<T> {
    const lend = (reported: Use<T>) => this.#lend(reported, signal, timeoutMs);
    return reportWait(this.options.hooks.acquire, use, lend);
  }

  async #lend<T>(use: Use<T>, signal: AbortSignal | undefined, timeoutMs: number): Promise<T> {
    if (this.#closing) throw closing();
    if (signal?.aborted) throw abortedBy(signal);
    const entry = this.#waiters.size === 0 ? this.#takeIdle() : undefined;
    if (entry === undefined) return this.#wait(use, signal, timeoutMs);
    const startedAt = performance.now();
    if (startedAt - entry.since < this.options.validateAfterMs) return use(entry.slot);
    const limitMs = Math.min(timeoutMs / 2, VALIDATION_TIMEOUT_MS);
    if (await this.#alive(entry.slot, limitMs, signal)) return use(entry.slot);
    // A caller in a hurry, or one that left, proves nothing of the connections.
    if (limitMs === VALIDATION_TIMEOUT_MS && !signal?.aborted) this.#discardSilent(startedAt);
    this.release(entry.slot);
    if (signal?.aborted) throw abortedBy(signal);
    return this.#wait(use, signal, Math.max(1, timeoutMs - (performance.now() - startedAt)));
  }

  /** Whatever left one connection half-open has most likely done so to the others that stood as long. */
  #discardSilent(now: number): void {
    for (const entry of this.#idle.splice(0)) {
      if (now - entry.since < this.options.validateAfterMs) this.#idle.push(entry);
      else this.#discard(entry.slot, deathOf(entry.slot));
    }
  }

  #wait<T>(use: Use<T>, signal: AbortSignal | undefined, timeoutMs: number): Promise<T> {
    const hopeless = this.#lent.size === 0 ? this.#opener.refusal() : undefined;
    if (hopeless) return Promise.reject(hopeless);
    // Those for whom there is still room will be served by connections that are about to open.
    const room = this.options.max - this.#idle.length - this.#lent.size;
    const used = this.#waiters.join(use, room, signal, timeoutMs, () => this.#opener.failure);
    this.#grow();
    return used;
  }

  async #alive(
    slot: Slot,
    timeoutMs = VALIDATION_TIMEOUT_MS,
    signal?: AbortSignal,
  ): Promise<boolean> {
    try {
      await slot.run("select 1", [], { timeoutMs, signal, name: "alive" });
      return true;
    } catch {
      return false;
    }
  }

  /** The idle connection used last, so that the others may grow old. */
  #takeIdle(): IdleSlot | undefined {
    for (let entry = this.#idle.pop(); entry; entry = this.#idle.pop()) {
      if (entry.slot.clean) {
        this.#lent.add(entry.slot);
        return entry;
      }
      this.#discard(entry.slot, deathOf(entry.slot));
    }
    return undefined;
  }

  /** Opens connections for those who wait and for the minimum, as far as there is room. */
  #grow(): void {
    const inUse = this.#idle.length + this.#lent.size;
    const spare = this.#closing ? 0 : this.options.min - inUse;
    const wanted = Math.max(this.#waiters.size, spare);
    this.#opener.open(Math.min(wanted, this.options.max - inUse));
  }

  #opened(slot: Slot): void {
    const lifetimeMs = this.options.lifetimeMs * (0.9 + Math.random() * 0.1);
    this.behindPooler = slot.behindPooler;
    this.#expiry.set(slot, performance.now() + lifetimeMs);
    slot.onDeath(() => this.#diedIdle(slot));
    this.#offer(slot);
    // At first, and after a fault, one connection is tried at a time: as it worked, others may follow.
    this.#grow();
  }

  /** What dies in use is seen when it comes back; what dies idle goes at once, and makes room. */
  #diedIdle(slot: Slot): void {
    const at = this.#idle.findIndex((entry) => entry.slot === slot);
    if (at < 0) return;
    this.#idle.splice(at, 1);
    this.#discard(slot, deathOf(slot));
    if (!this.#closing) this.#grow();
  }

  /** While somebody holds a connection, those who wait may get that one; otherwise they are told. */
  #openingFailed(): void {
    const refusal = this.#lent.size === 0 ? this.#opener.refusal() : undefined;
    if (refusal) this.#waiters.refuseAll(() => refusal);
    else this.#grow();
  }

  #offer(slot: Slot): void {
    if (this.#waiters.size > 0) {
      this.#lent.add(slot);
      this.#waiters.serve(slot);
    } else if (this.#closing) void slot.close();
    else this.#idle.push({ slot, since: performance.now(), heard: performance.now() });
  }

  /** Takes a connection back. One with an open transaction is destroyed, never handed on. */
  release(slot: Slot): void {
    this.loans.end(slot);
    if (!this.#lent.delete(slot)) return;
    if (slot.saidGoodbye) this.options.hooks.replaced?.({ reason: "session" });
    else if (!slot.clean) this.#discard(slot, slot.dead ? deathOf(slot) : "left in a transaction");
    else if (this.#expired(slot)) this.#retire(slot);
    else this.#offer(slot);
    if (this.#waiters.size > 0) this.#grow();
    this.#mayBeDrained();
  }

  #mayBeDrained(): void {
    if (this.#lent.size === 0 && this.#waiters.size === 0) this.#drained?.();
  }

  #discard(slot: Slot, reason: ReplacedEvent["reason"]): void {
    this.#replaced++;
    this.options.hooks.replaced?.({ reason });
    slot.destroy();
  }

  #expired(slot: Slot): boolean {
    return !this.#retiring && performance.now() > (this.#expiry.get(slot) ?? Infinity);
  }

  /** One at a time: connections opened together must not all be opened again together. */
  #retire(slot: Slot): void {
    this.#retiring = true;
    this.options.hooks.replaced?.({ reason: "lifetime" });
    void slot.close().finally(() => {
      this.#retiring = false;
    });
  }

  /** Closes what nobody used for long, asks the others for a sign of life, keeps the minimum. */
  #sweep(): void {
    const now = performance.now();
    const { idleTimeoutMs, keepaliveMs, min } = this.options;
    let spare = this.#idle.length + this.#lent.size - min;
    let silent: IdleSlot | undefined;
    const staying: IdleSlot[] = [];
    for (const entry of this.#idle.splice(0)) {
      const { slot, since } = entry;
      if (!slot.clean) this.#discard(slot, deathOf(slot));
      else if (now - since > idleTimeoutMs && spare > 0) {
        spare--;
        this.options.hooks.replaced?.({ reason: "idle" });
        void slot.close();
      } else if (this.#expired(slot)) this.#retire(slot);
      else {
        staying.push(entry);
        if (now - entry.heard > keepaliveMs && entry.heard < (silent?.heard ?? now)) silent = entry;
      }
    }
    const asked = silent;
    this.#idle.push(...staying.filter((entry) => entry !== asked));
    if (silent) void this.#keepAlive(silent);
    this.#grow();
    this.loans.report();
  }

  async #keepAlive({ slot, since }: IdleSlot): Promise<void> {
    this.#lent.add(slot);
    const alive = await this.#alive(slot);
    if (!alive || this.#closing || this.#waiters.size > 0) return this.release(slot);
    this.#lent.delete(slot);
    // It was not used: it goes to the far end, with its age.
    this.#idle.unshift({ slot, since, heard: performance.now() });
  }

  /** Lends a connection to `work` for its exclusive use. */
  async exclusive<T>(work: (slot: Slot) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const slot = await this.acquire(signal);
    try {
      return await work(slot);
    } finally {
      this.release(slot);
    }
  }

  /**
   * Opens the minimum, at least one connection.
   * @throws DatabaseError why it cannot
   */
  async connect(signal?: AbortSignal): Promise<void> {
    const count = Math.max(1, this.options.min);
    const opening = Array.from({ length: count }, () => this.acquire(signal));
    const slots = await Promise.allSettled(opening);
    for (const slot of slots) if (slot.status === "fulfilled") this.release(slot.value);
    for (const slot of slots) if (slot.status === "rejected") throw slot.reason;
  }

  /**
   * Admits nobody any more, serves those inside and those who wait until the deadline, then closes
   * every connection.
   */
  close(drainMs: number): Promise<void> {
    this.#closed ??= this.#close(drainMs);
    return this.#closed;
  }

  async #close(drainMs: number): Promise<void> {
    this.#closing = true;
    clearInterval(this.#sweeper);
    if (this.#lent.size > 0 || this.#waiters.size > 0) {
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
    this.#waiters.refuseAll(closing);
    this.#opener.close();
    for (const slot of this.#lent) slot.destroy();
    await Promise.all(this.#idle.splice(0).map(({ slot }) => slot.close()));
  }
}

const deathOf = (slot: Slot) => (slot.outOfStep ? "out of step" : "died");

const closing = () => new DatabaseError("closed", "the database is shutting down");
