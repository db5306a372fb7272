import type { DatabaseErrorKind } from "../session/errors/database-error.ts";
import type { DatabaseHooks, QueryEvent } from "../session/config/hooks.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** The part of a structured logger that the hooks need; pino has it. */
export interface StatementLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface LogHooksOptions {
  log: StatementLog;
  /** Statements that took at least this long are logged, milliseconds. Default 500. */
  slowMs?: number | undefined;
  /**
   * Logs the text of every statement, without its parameters. A text may hold values somebody wrote
   * into it: for development only.
   */
  echo?: boolean | undefined;
  /** Milliseconds, from anywhere; tests bring their own. */
  now?: (() => number) | undefined;
}

const SLOW_MS = 500;
/** Between two lines about one kind of outage. */
const SUM_MS = 10_000;

/** Failures that meet every statement alike while they last: one line says as much as a thousand. */
const OUTAGES = new Set<DatabaseErrorKind>([
  "connect_failed",
  "connection_lost",
  "acquire_timeout",
  "overloaded",
  "read_only",
  "authentication",
  "configuration",
  "unavailable",
  "resources",
]);

/** Failures that belong to ordinary work, or that whoever asked is told anyway. */
const ORDINARY = new Set<DatabaseErrorKind>([
  "constraint",
  "serialization",
  "rolled_back",
  "aborted",
]);

/**
 * A line for each slow or failed statement, retry, replaced connection and leak; what fails in an outage is told once and then
 * summed up. A statement goes by its name and by a fingerprint of its text; no line holds a parameter, a host or a user.
 */
export function logHooks({
  log,
  slowMs = SLOW_MS,
  echo = false,
  now = () => performance.now(),
}: LogHooksOptions): Required<Pick<DatabaseHooks, "query" | "retry" | "replaced" | "leak">> {
  const told = new Map<DatabaseErrorKind, { at: number; untold: number }>();
  const tellOutage = (failure: DatabaseErrorKind, event: QueryEvent): void => {
    const last = told.get(failure);
    if (last !== undefined && now() - last.at < SUM_MS) {
      last.untold++;
      return;
    }
    const others = last?.untold ? { others: last.untold } : {};
    told.set(failure, { at: now(), untold: 0 });
    log.warn({ ...describe(event), ...others }, "statement failed");
  };
  return {
    query(event) {
      const { failure, durationMs } = event;
      if (failure !== undefined && OUTAGES.has(failure)) tellOutage(failure, event);
      else if (failure !== undefined) {
        log[ORDINARY.has(failure) ? "debug" : "warn"](describe(event), "statement failed");
      } else if (durationMs >= slowMs) log.warn(describe(event), "slow statement");
      if (echo) log.info({ text: event.text, ...describe(event) }, "statement");
    },
    retry: ({ what, attempt, failure, pauseMs }) =>
      log.warn({ what, attempt, failure, pauseMs: round(pauseMs) }, "database: trying again"),
    replaced: ({ reason }) =>
      log[reason === "out of step" ? "warn" : "debug"]({ reason }, "connection replaced"),
    leak: ({ what, heldMs, where }) =>
      log.warn({ what, heldMs, where }, `a ${what} holds its connection for too long`),
  };
}

const describe = ({ name, text, command, rows, durationMs, failure, words, tags }: QueryEvent) => ({
  statement: name,
  fingerprint: fingerprintOf(text),
  command,
  rows,
  ms: round(durationMs),
  failure,
  words,
  requestId: tags?.requestId,
  procedure: tags?.procedure,
});

const round = (ms: number): number => Math.round(ms * 10) / 10;
