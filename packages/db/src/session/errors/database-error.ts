import { adviceFor, type DatabaseErrorReason } from "./advice.ts";
import type { PoolerName } from "./pooler-errors.ts";

/**
 * What went wrong, in words a caller can branch on.
 *
 * - `connect_failed`: no connection could be made; nothing ran.
 * - `connection_lost`: the connection ended while it was ours.
 * - `acquire_timeout`: no free connection within the acquire timeout; nothing ran.
 * - `overloaded`: the waiting queue is full; nothing ran.
 * - `statement_timeout`: the statement's deadline passed; it was cancelled.
 * - `aborted`: the caller's signal fired.
 * - `outcome_unknown`: COMMIT was sent and its answer was lost.
 * - `rolled_back`: the server answered COMMIT with ROLLBACK.
 * - `serialization`: serialization failure or deadlock; the whole transaction may be retried.
 * - `constraint`: a unique, foreign key, not-null, check or exclusion rule refused the write.
 * - `syntax`: the statement or its parameters are wrong.
 * - `read_only`, `permission`, `authentication`, `configuration`, `unavailable`, `resources`: as named.
 * - `misuse`: the caller broke a rule of this package.
 * - `unsupported`: what was asked for needs a connection of one's own, which a transaction pooler does not give.
 * - `closed`: the pool, session or transaction is over.
 */
export type DatabaseErrorKind =
  | "connect_failed"
  | "connection_lost"
  | "acquire_timeout"
  | "overloaded"
  | "statement_timeout"
  | "aborted"
  | "outcome_unknown"
  | "rolled_back"
  | "serialization"
  | "constraint"
  | "syntax"
  | "read_only"
  | "permission"
  | "authentication"
  | "configuration"
  | "unavailable"
  | "resources"
  | "misuse"
  | "unsupported"
  | "closed"
  | "other";

/**
 * What the server said, word for word. It may hold SQL, values and names: for programs, for commands
 * by `describeServerWords`, never for a production log or an answer.
 */
export interface ServerWords {
  message: string;
  detail: string | undefined;
  hint: string | undefined;
  /** The place in the statement's own text, counted in characters from 1. */
  position: number | undefined;
  constraint: string | undefined;
  column: string | undefined;
  table: string | undefined;
}

interface DatabaseErrorDetails {
  sqlstate?: string | undefined;
  constraint?: string | undefined;
  table?: string | undefined;
  pooler?: PoolerName | undefined;
  /** Default: what the kind says. */
  retryable?: boolean | undefined;
  /** True for work that was sent, would have committed itself, and was never answered. */
  outcomeUnknown?: boolean | undefined;
  retryAfterMs?: number | undefined;
  reason?: DatabaseErrorReason | undefined;
  server?: ServerWords | undefined;
  cause?: unknown;
}

/** Kinds after which the same work may be sent again, because nothing ran or all of it was undone. */
const RETRYABLE = new Set<DatabaseErrorKind>([
  "connect_failed",
  "acquire_timeout",
  "overloaded",
  "serialization",
  "unavailable",
  "resources",
]);

/** Loggers print every `cause` they find, so the driver's errors are kept where no logger looks. */
const driverErrors = new WeakMap<DatabaseError, unknown>();

/**
 * The driver's own error behind one of ours. It may hold SQL, values and hosts: for a debugger and
 * for whoever runs a migration, never for a log or an answer.
 */
export function driverErrorOf(error: DatabaseError): unknown {
  const own = driverErrors.get(error);
  return own === undefined && error.cause instanceof DatabaseError
    ? driverErrorOf(error.cause)
    : own;
}

/**
 * The one error `packages/db` throws. Nothing that prints it shows SQL, a parameter, a host or a row
 * value: its `cause` is another of these, or the caller's own reason to give up.
 */
export class DatabaseError extends Error {
  override readonly name: string = "DatabaseError";
  readonly kind: DatabaseErrorKind;
  /** True when the same work may be sent again without doing anything twice. */
  readonly retryable: boolean;
  /** True when it cannot be known whether the work was committed. */
  readonly outcomeUnknown: boolean;
  readonly sqlstate: string | undefined;
  /** Name of the violated constraint, for `constraint`. */
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  /** The pooler that answered in the database's place, when its text gives it away. */
  readonly pooler: PoolerName | undefined;
  /** What is set wrongly, when a connection was refused for it. */
  readonly reason: DatabaseErrorReason | undefined;
  /** Coming back sooner cannot help: the pooler's own pause. */
  readonly retryAfterMs: number | undefined;
  /** Private, as whatever prints an error finds every property. */
  #server: ServerWords | undefined;

  constructor(kind: DatabaseErrorKind, safeMessage: string, details: DatabaseErrorDetails = {}) {
    const { cause } = details;
    const isShown = cause instanceof DatabaseError || (kind === "aborted" && cause !== undefined);
    super(safeMessage, isShown ? { cause } : undefined);
    if (!isShown) driverErrors.set(this, cause);
    this.kind = kind;
    this.outcomeUnknown = details.outcomeUnknown ?? kind === "outcome_unknown";
    this.retryable = !this.outcomeUnknown && (details.retryable ?? RETRYABLE.has(kind));
    this.sqlstate = details.sqlstate;
    this.constraint = details.constraint;
    this.table = details.table;
    this.pooler = details.pooler;
    this.retryAfterMs = details.retryAfterMs;
    const inner = cause instanceof DatabaseError ? cause : undefined;
    this.reason = details.reason ?? inner?.reason;
    this.#server = details.server ?? inner?.server;
  }

  /** The server's own words, if it was the server that refused. */
  get server(): ServerWords | undefined {
    return this.#server;
  }

  /** What an operator can do about it. */
  get advice(): string {
    return adviceFor(this.kind, this.reason);
  }

  /** Tells the place in the text that the caller wrote, when another one was sent. */
  movePosition(move: (position: number) => number): void {
    const server = this.#server;
    if (server?.position === undefined) return;
    this.#server = { ...server, position: move(server.position) };
  }

  /** The message, under the name that says it may be shown. */
  get safeMessage(): string {
    return this.message;
  }
}

/** COMMIT was sent and its answer was lost: the transaction is committed or undone, and only the data can tell. */
export class OutcomeUnknownError extends DatabaseError {
  override readonly name = "OutcomeUnknownError";

  constructor(cause: unknown) {
    super("outcome_unknown", "COMMIT was sent and its answer was lost", {
      cause,
      sqlstate: cause instanceof DatabaseError ? cause.sqlstate : undefined,
    });
  }
}

/** The first `DatabaseError` in an error's cause chain, if any. */
export function findDatabaseError(error: unknown): DatabaseError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    if (at instanceof DatabaseError) return at;
  }
  return undefined;
}
