import type { StatementResult } from "../sql/results.ts";
import type { Slot } from "../wire/slot.ts";
import type { StatementOptions } from "../wire/statement.ts";
import type { Making } from "./watched.ts";

/** Anything that can run a statement: a pool, a session or a transaction. */
export interface Statements {
  query(
    text: string,
    parameters: readonly unknown[],
    options?: StatementOptions,
  ): Promise<StatementResult>;
  /** Where a scope's end tells of failures: sees to it that this one is told when nobody looks at it. */
  watch?<A, T>(answer: Promise<A>, making: Making<A, T>): Promise<T>;
  /** Lends a connection to `work` for its exclusive use. */
  exclusive<T>(work: (slot: Slot) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/**
 * What is made of an answer, for the caller. Forgotten in a transaction, its failure fails that one
 * and is no unhandled rejection.
 */
export function forCaller<A, T>(
  statements: Pick<Statements, "watch">,
  answer: Promise<A>,
  make: (answer: A) => T,
  refuse?: (error: unknown) => never,
): Promise<T> {
  return statements.watch?.(answer, { make, refuse }) ?? answer.then(make, refuse);
}
