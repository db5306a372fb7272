import { findDatabaseError } from "@scrapersky/db";
import type { Context } from "hono";
import type { Logger } from "pino";
import type { AppEnv } from "./app-env.ts";
import { isUploadAborted } from "./upload-aborted.ts";

/**
 * Writes an unexpected error of a request down, unless it comes of a client that went away. Of a
 * database error only its kind and its code: the driver's text may hold SQL, values or hosts.
 */
export function logFault(
  c: Context<AppEnv>,
  log: Logger,
  error: unknown,
  facts: Record<string, unknown>,
): void {
  if (isUploadAborted(c)) return;
  const database = findDatabaseError(error);
  if (database) {
    log.error({ ...facts, fault: database.kind, sqlstate: database.sqlstate }, "database fault");
    return;
  }
  const root = rootOf(error);
  log.error({ ...facts, fault: root.name, stack: root.stack }, "unexpected fault");
}

function rootOf(error: unknown): Error {
  let at = error instanceof Error ? error : new Error("something that is no error was thrown");
  for (let depth = 0; at.cause instanceof Error && depth < 10; depth++) at = at.cause;
  return at;
}
