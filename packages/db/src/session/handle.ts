import { DatabaseError } from "./errors.ts";
import type { StatementResult } from "./results.ts";
import type { Slot } from "./slot.ts";
import { checkedTimeout, type StatementOptions, type Statements, timedOut } from "./statement.ts";

interface HandleOptions {
  what: "session" | "transaction" | "savepoint";
  /** Statements that make the scope; they go out with its first statement. */
  before?: readonly string[];
  /** Savepoints around this one. */
  depth?: number;
  defaults: StatementOptions;
}

/**
 * Statements of one slot in the order they were asked for, until the handle is over. While a scope
 * inside it (a transaction of a session, a savepoint) is open, only that one may send.
 */
export class Handle implements Statements {
  readonly #slot: Slot;
  readonly #options: HandleOptions;
  #before: readonly string[] | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #pending = 0;
  #over = false;
  #inner = false;
  #failedToBegin: unknown;
  /** True once the statements that make the scope have been sent. */
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
    const timeoutMs = checkedTimeout(options.timeoutMs);
    const endsAt = timeoutMs && performance.now() + timeoutMs;
    return this.#inTurn(() => this.#run(text, parameters, options, endsAt));
  }

  /** Lends the connection itself to `work`, in its turn and inside the scope. */
  exclusive<T>(work: (slot: Slot) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      await this.#begin();
      return work(this.#slot);
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const refusal = this.#refusal();
    if (refusal) return Promise.reject(refusal);
    this.#pending++;
    const answer = this.#tail.then(work);
    this.#tail = answer.then(
      () => this.#pending--,
      () => this.#pending--,
    );
    return answer;
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
    endsAt: number | undefined,
  ): Promise<StatementResult> {
    if (this.#failedToBegin) throw notBegun(this.#failedToBegin);
    const inTransaction = this.#options.what !== "session";
    const all: StatementOptions = { ...this.#options.defaults, ...options, inTransaction };
    if (endsAt) {
      all.timeoutMs = endsAt - performance.now();
      if (all.timeoutMs <= 0) throw timedOut(options.timeoutMs!);
    }
    if (this.#endedByStatement()) throw this.#ended();
    const before = this.#before;
    const rides = before !== undefined && (parameters.length > 0 || options.single === true);
    if (!rides) await this.#begin();
    const send = () => this.#slot.run(text, parameters, rides ? { ...all, before } : all);
    const result = await (rides ? this.#beginning(send) : send()).catch((error: unknown) => {
      throw this.#endedByStatement() ? this.#ended(error) : error;
    });
    if (this.#endedByStatement()) throw this.#ended();
    return result;
  }

  /** True when a statement of the caller was a COMMIT or ROLLBACK: what follows would commit by itself. */
  #endedByStatement(): boolean {
    if (this.#options.what === "session" || !this.began || this.#slot.dead) return false;
    return this.#slot.status === "I";
  }

  #ended(cause?: unknown): DatabaseError {
    return new DatabaseError(
      "misuse",
      `a statement ended its ${this.#options.what}: leave COMMIT and ROLLBACK to whoever began it`,
      { cause },
    );
  }

  /** Sends what makes the scope, unless it was sent. For work that cannot take it along. */
  async #begin(): Promise<void> {
    const before = this.#before;
    if (before === undefined) return;
    const options = { ...this.#options.defaults, name: "begin" };
    await this.#beginning(() => this.#slot.run(before.join("; "), [], options));
  }

  /** A failure that leaves no transaction open means that the scope itself was refused. */
  async #beginning<T>(send: () => Promise<T>): Promise<T> {
    this.#before = undefined;
    this.began = true;
    try {
      return await send();
    } catch (error) {
      if (!this.#slot.dead && this.#slot.status === "I") {
        this.#failedToBegin = error;
        this.began = false;
      }
      throw error;
    }
  }

  /** Opens a scope inside: what it needs to be made, and the handle for its statements. */
  async nest<T>(work: (before: readonly string[]) => Promise<T>): Promise<T> {
    const refusal = this.#refusal();
    if (refusal) throw refusal;
    this.#inner = true;
    try {
      await this.#tail;
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
        if (inner.began) this.#adoptBegin();
        if (inner.#failedToBegin) this.#failedToBegin = inner.#failedToBegin;
      }
    });
  }

  /** The scope inside has sent what makes this one too. */
  #adoptBegin(): void {
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
  }

  /** True while a scope inside is open. */
  get scopeOpen(): boolean {
    return this.#inner;
  }

  /**
   * Refuses everything from now on and waits for what is under way. A scope inside that nobody
   * waited for would go on with the connection of somebody else, so its connection goes with it.
   */
  async end(): Promise<void> {
    this.#over = true;
    if (this.#inner) this.#slot.destroy();
    await this.#tail;
  }
}

const undone = (what: string) =>
  new DatabaseError("rolled_back", `a statement had failed, so the ${what} was rolled back`);

const notBegun = (cause: unknown) =>
  new DatabaseError("rolled_back", "the transaction could not begin", { cause });
