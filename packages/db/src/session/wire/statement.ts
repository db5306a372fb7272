import { DatabaseError } from "../errors/database-error.ts";
import type { StatementResult } from "../sql/results.ts";
import type { Slot } from "./slot.ts";
import type { Making } from "../scope/watched.ts";

/** How one statement is run. */
export interface StatementOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds until the statement is cancelled on the server. */
  timeoutMs?: number | undefined;
  /** Rows as arrays of values instead of objects. */
  arrays?: boolean | undefined;
  /** For traces and metrics; no value may be in it. */
  name?: string | undefined;
  /** Running it twice does no harm, so it may be sent again after its connection was lost. */
  idempotent?: boolean | undefined;
  /** The text is known to be one statement, so it needs no parameter to travel with others. */
  single?: boolean | undefined;
  /** It belongs to a transaction, so it does not commit by itself. */
  inTransaction?: boolean | undefined;
  /** Statements that run before it in the same flight, under the same Sync: all or none. */
  before?: readonly string[] | undefined;
}

/** What a caller can say of a statement. */
export type CallOptions = Pick<StatementOptions, "signal" | "timeoutMs" | "idempotent" | "name">;

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
 * and does not end the process.
 */
export function forCaller<A, T>(
  statements: Pick<Statements, "watch">,
  answer: Promise<A>,
  make: (answer: A) => T,
  refuse?: (error: unknown) => never,
): Promise<T> {
  return statements.watch?.(answer, { make, refuse }) ?? answer.then(make, refuse);
}

/** Longest time that timers can count, milliseconds: 24 days. */
export const TIME_MAX_MS = 2 ** 31 - 1;

/**
 * A deadline that timers can keep.
 * @throws DatabaseError `misuse`
 */
export function checkedTimeout(ms: number | undefined, what = "timeoutMs"): number | undefined {
  if (ms === undefined || (ms > 0 && ms <= TIME_MAX_MS)) return ms;
  throw new DatabaseError("misuse", `${what} must be above 0 and at most ${TIME_MAX_MS}`);
}

export const timedOut = (ms: number): DatabaseError =>
  new DatabaseError("statement_timeout", `no answer within ${Math.round(ms)} ms`);

export const abortedBy = (signal: AbortSignal): DatabaseError =>
  new DatabaseError("aborted", "the caller gave up", { cause: signal.reason });

/** The same fault, met by a statement that was sent and would have committed itself. */
export const outcomeUnknown = (error: DatabaseError): DatabaseError =>
  new DatabaseError(error.kind, `${error.message}; it is not known whether the statement ran`, {
    sqlstate: error.sqlstate,
    pooler: error.pooler,
    outcomeUnknown: true,
    cause: error,
  });

/** Several statements give several results; those that went before theirs concern nobody. */
export const lastResult = (answer: StatementResult): StatementResult =>
  answer.command === undefined && Array.isArray(answer.at(-1))
    ? (answer.at(-1) as unknown as StatementResult)
    : answer;
