import { AsyncResource } from "node:async_hooks";
import { checkedTimeout } from "../config/time-limit.ts";
import { DatabaseError } from "../errors/database-error.ts";
import type { Pool } from "../pool/pool.ts";
import { pause } from "../pool/retry.ts";
import type { StatementResult } from "../sql/results.ts";
import type { Slot } from "../wire/slot.ts";
import type { StatementOptions } from "../wire/statement.ts";
import type { Statements } from "./statements.ts";

/** Tries of an idempotent statement, the first included. */
const TRIES = 3;
const PAUSE_MS = 20;

/** Statements by themselves, each on any free connection of a pool. */
export class PooledStatements implements Statements {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Its deadline covers the wait for a connection. */
  async query(
    text: string,
    parameters: readonly unknown[],
    options: StatementOptions = {},
  ): Promise<StatementResult> {
    const { acquireTimeoutMs, statementTimeoutMs, hooks } = this.#pool.options;
    const endsAt = performance.now() + (checkedTimeout(options.timeoutMs) ?? statementTimeoutMs);
    // Answers arrive in a turn of the socket; what is told of the connection then belongs to this caller.
    const caller = new AsyncResource("statement");
    for (let failures = 1; ; failures++) {
      const waitMs = Math.min(acquireTimeoutMs, endsAt - performance.now());
      const run = (slot: Slot) => {
        const left = Math.max(1, endsAt - performance.now());
        const free = () => caller.runInAsyncScope(() => this.#pool.release(slot));
        return slot.run(text, parameters, { ...options, timeoutMs: left }, free);
      };
      try {
        const result = await this.#pool.lend(run, options.signal, waitMs);
        this.#pool.budget.succeeded();
        return result;
      } catch (error) {
        if (!this.#mayRunAgain(error, options, failures)) throw error;
      }
      const pauseMs = PAUSE_MS * Math.random() * failures;
      hooks.retry?.({ what: "statement", attempt: failures, failure: "connection_lost", pauseMs });
      await pause(pauseMs, options.signal).catch(() => {});
    }
  }

  #mayRunAgain(error: unknown, options: StatementOptions, failures: number): boolean {
    return (
      options.idempotent === true &&
      failures < TRIES &&
      error instanceof DatabaseError &&
      error.kind === "connection_lost" &&
      this.#pool.budget.take()
    );
  }

  exclusive<T>(work: (slot: Slot) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#pool.exclusive(work, signal);
  }
}
