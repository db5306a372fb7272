import type { Db } from "./types.ts";
import { withOptions } from "./drizzle/drizzle.ts";

/** The same database with a deadline for each statement, in transactions too, unless it is given one of its own. */
export function withDeadline(db: Db, ms: number): Db {
  const transaction: Db["transaction"] = (work, options) =>
    db.transaction(work, { statementTimeoutMs: ms, ...options });
  return Object.assign(withOptions(db, { timeoutMs: ms }), { transaction });
}
