import { findDatabaseError } from "./database-error.ts";

/** Wrong statements, and what a function raised by itself: their words are about SQL, not about rows. */
const TELLING = /^(42...|P0001)$/;

/**
 * The server's own words about a wrong statement or a raised exception, as one line, for whoever runs
 * a command or develops: undefined for every other failure. They may hold what somebody wrote into the
 * SQL, so they belong in no production log and no answer.
 */
export function describeServerWords(error: unknown): string | undefined {
  let found = findDatabaseError(error);
  while (found && found.sqlstate === undefined) found = findDatabaseError(found.cause);
  if (!found?.server || !TELLING.test(found.sqlstate ?? "")) return undefined;
  const { message, detail, hint, position } = found.server;
  const parts = [
    message,
    position !== undefined && `at character ${position}`,
    detail !== undefined && `detail: ${detail}`,
    hint !== undefined && `hint: ${hint}`,
  ];
  return parts.filter(Boolean).join("; ");
}
