import { checkedTimeout } from "../config/time-limit.ts";
import { DatabaseError } from "../errors/database-error.ts";
import type { StatementResult } from "../sql/results.ts";
import type { Slot } from "../wire/slot.ts";
import { abortedBy, type StatementOptions, timedOut } from "../wire/statement.ts";
import type { Statements } from "./statements.ts";
import { type Making, Watcher } from "./watched.ts";

interface HandleOptions {
  what: "session" | "transaction" | "savepoint";
  /** BEGIN, SAVEPOINT and what sets them; they go out with the first statement. */
  before?: readonly string[];
  /** False where nobody awaits `finish`: what is forgotten there is an unhandled rejection. */
  tells?: boolean;
  /** Savepoints around this one. */
  depth?: number;
  defaults: StatementOptions;
}

/** How long a statement may take, milliseconds, and who may stop it. */
type Limits = Pick<StatementOptions, "timeoutMs" | "signal">;

/**
 * Statements of one slot in the order they were asked for, until the handle is over. While a scope
 * inside it (a transaction of a session, a savepoint) is open, only that one may send.
 */
export class Handle implements Statements {
  readonly #slot: Slot;
  readonly #options: HandleOptions;
  #before: readonly string[] | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #watcher = new Watcher();
  #pending = 0;
  #over = false;
  #inner = false;
  #failedToBegin: unknown;
  /** What the connection counts while the transaction is the one that was begun. */
  #boundaries = 0;
  /** True once BEGIN or SAVEPOINT has been sent. */
  began = false;

  constructor(slot: Slot, options: HandleOptions) {
    this.#slot = slot;
    this.#options = options;
    this.#before = options.before;
  }

  query(
    text: string,
    parameters: readonly unknown[],
    options: StatementOptions = {},
  ): Promise<StatementResult> {
    const timeoutMs = checkedTimeout(options.timeoutMs) ?? this.#options.defaults.timeoutMs;
    const { signal = this.#options.defaults.signal } = options;
    const limits = { timeoutMs, signal };
    return this.#inTurn((left) => this.#run(text, parameters, { ...options, ...left }), limits);
  }

  /** Lends the connection itself to `work`, in its turn and inside the scope. */
  exclusive<T>(work: (slot: Slot) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#inTurn(() => this.#inside(() => work(this.#slot)), {
      timeoutMs: undefined,
      signal,
    });
  }

  /** The time counts from the call: a statement that is late before its turn is never sent. */
  #inTurn<T>(work: (left: Limits) => Promise<T>, limits: Limits): Promise<T> {
    const refusal = this.#refusal();
    if (refusal) return Promise.reject(refusal);
    const earlier = this.#pending === 0 ? undefined : this.#last;
    this.#pending++;
    const answer = (earlier ? this.#wait(limits) : Promise.resolve(limits)).then(work);
    const done = () => {
      this.#pending--;
      // Whoever gave up in the queue does not let those behind it pass those before it.
      return earlier;
    };
    this.#last = answer.then(done, done);
    return answer;
  }

  /** Resolves with what is left of the limits when those before are done. */
  #wait({ timeoutMs, signal }: Limits): Promise<Limits> {
    const since = performance.now();
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      const giveUp = (why: DatabaseError) => {
        leave();
        reject(why);
      };
      const onAbort = () => giveUp(abortedBy(signal!));
      const timer = timeoutMs && setTimeout(() => giveUp(timedOut(timeoutMs)), timeoutMs);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (signal?.aborted) onAbort();
      void this.#last.then(() => {
        leave();
        const leftMs = timeoutMs && Math.max(1, timeoutMs - (performance.now() - since));
        resolve({ timeoutMs: leftMs, signal });
      });
    });
  }

  #refusal(): DatabaseError | undefined {
    const { what } = this.#options;
    if (this.#over) return new DatabaseError("closed", `this ${what} is over`);
    if (this.#inner) {
      return new DatabaseError(
        "misuse",
        `a scope inside this ${what} is open: send statements to that one, or await its end`,
      );
    }
    return undefined;
  }

  async #run(
    text: string,
    parameters: readonly unknown[],
    options: StatementOptions,
  ): Promise<StatementResult> {
    const inTransaction = this.#options.what !== "session";
    const all: StatementOptions = { ...this.#options.defaults, ...options, inTransaction };
    const before = this.#before;
    if (before === undefined || (parameters.length === 0 && !options.single)) {
      return this.#inside(() => this.#slot.run(text, parameters, all));
    }
    return this.#checked(() =>
      this.#beginning(() => this.#slot.run(text, parameters, { ...all, before })),
    );
  }

  /** Runs `work` in the scope, which is made for it unless it was made before. */
  async #inside<T>(work: () => Promise<T>): Promise<T> {
    return this.#checked(async () => {
      await this.#begin();
      return work();
    });
  }

  /** Refuses work in a scope that is not there, and says when the work itself has ended it. */
  async #checked<T>(work: () => Promise<T>): Promise<T> {
    if (this.#failedToBegin) throw notBegun(this.#failedToBegin);
    if (this.#endedByStatement()) throw this.#ended();
    let result: T;
    try {
      result = await work();
    } catch (error) {
      throw this.#endedByStatement() ? this.#ended(error) : error;
    }
    if (this.#endedByStatement()) throw this.#ended();
    return result;
  }

  /** True when a statement of the caller was a COMMIT or ROLLBACK: what follows would commit by itself. */
  #endedByStatement(): boolean {
    if (this.#options.what === "session" || !this.began || this.#slot.dead) return false;
    return this.#slot.status === "I" || this.#slot.boundaries !== this.#boundaries;
  }

  #ended(cause?: unknown): DatabaseError {
    return new DatabaseError(
      "misuse",
      `a statement ended its ${this.#options.what}: leave COMMIT and ROLLBACK to whoever began it`,
      { cause },
    );
  }

  /** Sends BEGIN or SAVEPOINT, unless it was sent. For work that cannot take it along. */
  async #begin(): Promise<void> {
    const before = this.#before;
    if (before === undefined) return;
    const options = { ...this.#options.defaults, name: "begin", inTransaction: true };
    await this.#beginning(() => this.#slot.run(before.join("; "), [], options));
  }

  /** A failure that leaves no transaction open means that BEGIN or SAVEPOINT itself was refused. */
  async #beginning<T>(send: () => Promise<T>): Promise<T> {
    const begins = this.#before?.some((text) => text.startsWith("begin")) === true;
    this.#before = undefined;
    this.began = true;
    this.#boundaries = this.#slot.boundaries + Number(begins);
    let result: T;
    try {
      result = await send();
    } catch (error) {
      if (!this.#slot.dead && this.#slot.status === "I") {
        this.#failedToBegin = error;
        this.began = false;
      }
      throw error;
    }
    if (this.#slot.boundaries < this.#boundaries) {
      // BEGIN got lost on its way and the rest of the flight came through alone: docs/decisions/lost-begin.md.
      throw this.#slot.giveUp();
    }
    return result;
  }

  /** Opens a scope inside: what it needs to be made, and the handle for its statements. */
  async nest<T>(work: (before: readonly string[]) => Promise<T>): Promise<T> {
    const refusal = this.#refusal();
    if (refusal) throw refusal;
    this.#inner = true;
    try {
      await this.#last;
      return await work(this.#before ?? []);
    } finally {
      this.#inner = false;
    }
  }

  /**
   * Runs `work` in a savepoint: what it did is kept when it resolves, undone when it throws, and the
   * transaction goes on either way.
   */
  savepoint<T>(work: (handle: Handle) => Promise<T>): Promise<T> {
    return this.nest(async (outer) => {
      const depth = (this.#options.depth ?? 0) + 1;
      const name = `scope_${depth}`;
      if (this.#slot.status === "E") throw undone("savepoint");
      const inner = new Handle(this.#slot, {
        what: "savepoint",
        before: [...outer, `savepoint ${name}`],
        depth,
        defaults: this.#options.defaults,
      });
      const settle = (text: string) =>
        this.#slot.run(text, [], { ...this.#options.defaults, name: "savepoint" });
      try {
        const result = await work(inner);
        await inner.finish();
        if (inner.began) await settle(`release savepoint ${name}`);
        return result;
      } catch (error) {
        await inner.end();
        if (inner.began && !this.#slot.dead && !inner.#endedByStatement()) {
          await settle(`rollback to savepoint ${name}; release savepoint ${name}`).catch(() =>
            this.#slot.destroy(),
          );
        }
        throw error;
      } finally {
        if (inner.began) this.#adoptBegin(inner);
        if (inner.#failedToBegin) this.#failedToBegin = inner.#failedToBegin;
      }
    });
  }

  /** The scope inside has sent what makes this one too. */
  #adoptBegin(inner: Handle): void {
    if (!this.began) this.#boundaries = inner.#boundaries;
    this.#before = undefined;
    this.began = true;
  }

  /**
   * Ends the handle after its work resolved.
   * @throws DatabaseError `misuse` when a statement was not awaited; `rolled_back` when one failed
   */
  async finish(): Promise<void> {
    const forgotten = this.#pending > 0 || this.#inner;
    await this.end();
    if (forgotten) {
      throw new DatabaseError(
        "misuse",
        `a statement was still running when its ${this.#options.what} ended: await it`,
      );
    }
    if (this.#failedToBegin) throw notBegun(this.#failedToBegin);
    if (this.#endedByStatement()) throw this.#ended();
    if (this.began && this.#slot.status === "E") throw undone(this.#options.what);
    const unseen = this.#watcher.unseen();
    if (unseen) throw overlooked(this.#options.what, unseen.error);
  }

  /** What is forgotten and fails is told by `finish`, where that is awaited. */
  watch<A, T>(answer: Promise<A>, making: Making<A, T>): Promise<T> {
    if (this.#options.tells !== false) return this.#watcher.watch(answer, making);
    const told = answer.then(making.make, making.refuse);
    answer.catch(() => {
      if (this.#over) told.catch(() => {});
    });
    return told;
  }

  /**
   * Refuses everything from now on and waits for what is under way. A scope inside that nobody
   * waited for would go on with the connection of somebody else, so its connection goes with it.
   */
  async end(): Promise<void> {
    this.#over = true;
    if (this.#inner) this.#slot.destroy();
    await this.#last;
  }
}

const undone = (what: string) =>
  new DatabaseError("rolled_back", `a statement had failed, so the ${what} was rolled back`);

const overlooked = (what: string, cause: unknown) =>
  new DatabaseError(
    "misuse",
    `something in this ${what} failed and nobody looked at it: await it, or handle its failure`,
    { cause },
  );

const notBegun = (cause: unknown) =>
  new DatabaseError("rolled_back", "the transaction could not begin", { cause });
