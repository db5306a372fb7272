import { DatabaseError } from "../errors/database-error.ts";
import type { StatementResult } from "../sql/results.ts";

/** How one statement is run. */
export interface StatementOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds until the statement is cancelled on the server. */
  timeoutMs?: number | undefined;
  /** What the rows of its answer are; objects by default. Texts are the answer's `texts`. */
  rows?: "objects" | "arrays" | "texts" | undefined;
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
  /** Bytes of an answer at most: with a larger one the connection is ended before it is held in memory. */
  bytesMax?: number | undefined;
}

/** What a caller can say of a statement. */
export type CallOptions = Pick<StatementOptions, "signal" | "timeoutMs" | "idempotent" | "name">;

export const timedOut = (ms: number): DatabaseError =>
  new DatabaseError("statement_timeout", `no answer within ${Math.round(ms)} ms`);

/** Told apart from what a server says by having no state. */
export const tooLarge = (bytesMax: number): DatabaseError =>
  new DatabaseError("resources", `the answer is larger than ${bytesMax} bytes`, {
    retryable: false,
  });

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
