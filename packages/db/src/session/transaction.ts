import { DatabaseError } from "./errors.ts";
import type { Slot, StatementOptions } from "./slot.ts";
import type { StatementResult } from "./results.ts";

/** Anything that can run a statement: a pool, a session or a transaction. */
export interface Statements {
  query(
    text: string,
    parameters: readonly unknown[],
    options?: StatementOptions,
  ): Promise<StatementResult>;
}

export interface TransactionOptions {
  /** Default: the server's, READ COMMITTED. */
  isolation?: "read committed" | "repeatable read" | "serializable";
  readOnly?: boolean;
  /** Server-side limit of each statement in it, milliseconds. */
  statementTimeoutMs?: number;
  /** Stops the running statement and rolls back. */
  signal?: AbortSignal;
}

/** One flight: the settings ride with BEGIN. */
export function beginText(options: TransactionOptions): string {
  const isolation = options.isolation ? ` isolation level ${options.isolation}` : "";
  const access = options.readOnly ? " read only" : "";
  const timeout =
    options.statementTimeoutMs === undefined
      ? ""
      : `; set local statement_timeout = ${Math.max(1, Math.floor(options.statementTimeoutMs))}`;
  return `begin${isolation}${access}${timeout}`;
}

/** Statements of one slot in the order they were asked for, until the handle is over. */
export class Handle implements Statements {
  readonly #slot: Slot;
  readonly #defaults: StatementOptions;
  readonly #what: string;
  #tail: Promise<unknown> = Promise.resolve();
  #over = false;
  /** Statements asked for and not yet answered. */
  pending = 0;

  constructor(slot: Slot, what: string, defaults: StatementOptions) {
    this.#slot = slot;
    this.#what = what;
    this.#defaults = defaults;
  }

  query(
    text: string,
    parameters: readonly unknown[],
    options?: StatementOptions,
  ): Promise<StatementResult> {
    if (this.#over)
      return Promise.reject(new DatabaseError("closed", `this ${this.#what} is over`));
    this.pending++;
    const answer = this.#tail.then(() =>
      this.#slot.run(text, parameters, { ...this.#defaults, ...options }),
    );
    this.#tail = answer.then(
      () => this.pending--,
      () => this.pending--,
    );
    return answer;
  }

  /** Refuses everything from now on and waits for what is under way. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#tail;
  }
}

/**
 * Runs `work` inside BEGIN … COMMIT on a lent slot.
 *
 * Rolls back and rethrows when `work` throws, when it leaves a statement unawaited (`misuse`), or
 * when the server answered COMMIT with ROLLBACK (`rolled_back`). A COMMIT whose answer is lost is
 * `outcome_unknown`.
 */
export async function runTransaction<T>(
  slot: Slot,
  work: (handle: Handle) => Promise<T>,
  options: TransactionOptions,
  defaults: StatementOptions,
): Promise<T> {
  const handle = new Handle(slot, "transaction", {
    ...defaults,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  let result: T;
  try {
    await slot.run(beginText(options), [], defaults);
    result = await work(handle);
    if (handle.pending > 0) {
      throw new DatabaseError(
        "misuse",
        "a statement was still running when its transaction ended: await it",
      );
    }
    await handle.end();
  } catch (error) {
    await handle.end();
    if (!slot.dead) await slot.run("rollback", [], defaults).catch(() => slot.destroy());
    throw error;
  }
  await commit(slot, defaults);
  return result;
}

async function commit(slot: Slot, defaults: StatementOptions): Promise<void> {
  let answer: StatementResult;
  try {
    answer = await slot.run("commit", [], { timeoutMs: defaults.timeoutMs });
  } catch (error) {
    if (!slot.dead) throw error;
    throw new DatabaseError("outcome_unknown", "COMMIT was sent and its answer was lost", {
      cause: error,
      sqlstate: error instanceof DatabaseError ? error.sqlstate : undefined,
    });
  }
  if (answer.command === "ROLLBACK") {
    throw new DatabaseError(
      "rolled_back",
      "an earlier statement had failed, so the server rolled back at COMMIT",
    );
  }
}
