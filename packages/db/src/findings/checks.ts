import { describeServerWords } from "../session/errors/server-words.ts";
import { adviceFor } from "../session/errors/advice.ts";
import { findDatabaseError } from "../session/errors/database-error.ts";
import type { Executor } from "../session/scope/raw-sql.ts";
import type { Finding } from "./finding.ts";
import { checkPermissions, checkRowSecurity } from "./rights.ts";
import { checkClock, checkLimits, checkVersions, checkWritable } from "./server.ts";
import { checkSearchPath } from "./tables.ts";
import { checkIdleTransactions, checkTransactions } from "./transactions.ts";

/** What can be asked of a server by whoever is connected, each by itself. Commands and the page of health ask the same. */
export const SERVER_CHECKS = {
  mode: checkWritable,
  versions: checkVersions,
  limits: checkLimits,
  clock: checkClock,
  transactions: checkTransactions,
  "idle transactions": checkIdleTransactions,
  "search path": checkSearchPath,
  permissions: checkPermissions,
  "row security": checkRowSecurity,
} as const satisfies Record<string, (executor: Executor) => Promise<Finding>>;

/**
 * A check that cannot be made is a finding, and the next one follows.
 * @param tellsWords with the server's own words, which are for commands and never for an answer
 */
export async function guarded(
  check: () => Promise<Finding> | Finding,
  { tellsWords = false } = {},
): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const fault = findDatabaseError(error);
    const own = tellsWords && error instanceof Error ? error.message : "it could not be looked at";
    const said = fault?.message ?? own;
    const words = tellsWords ? describeServerWords(error) : undefined;
    return {
      status: "fail",
      says: words === undefined ? said : `${said}: ${words}`,
      todo: fault?.advice ?? adviceFor(fault?.kind),
    };
  }
}
