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
}

const SLOW_MS = 500;

/** Failures that belong to ordinary work, or that whoever asked is told anyway. */
const ORDINARY = new Set<DatabaseErrorKind>([
  "constraint",
  "serialization",
  "rolled_back",
  "aborted",
]);

/**
 * A line for each slow or failed statement, retry, replaced connection and leak. A statement goes by
 * its name and by a fingerprint of its text; no line holds a parameter, a host or a user.
 */
export function logHooks({
  log,
  slowMs = SLOW_MS,
  echo = false,
}: LogHooksOptions): Required<Pick<DatabaseHooks, "query" | "retry" | "replaced" | "leak">> {
  return {
    query(event) {
      const { failure, durationMs } = event;
      if (failure !== undefined) {
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
