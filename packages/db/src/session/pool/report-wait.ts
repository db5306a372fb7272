import type { DatabaseHooks } from "../config/hooks.ts";
import { DatabaseError } from "../errors/database-error.ts";
import type { Use } from "./waiters.ts";

/** Tells whoever watches how long a caller waited for a connection, or why none came. */
export function reportWait<T>(
  report: DatabaseHooks["acquire"],
  use: Use<T>,
  lend: (use: Use<T>) => Promise<T>,
): Promise<T> {
  if (!report) return lend(use);
  const startedAt = performance.now();
  const waited = () => performance.now() - startedAt;
  let lent = false;
  const lending = lend((slot) => {
    lent = true;
    report({ waitedMs: waited(), failure: undefined });
    return use(slot);
  });
  lending.catch((error: unknown) => {
    if (lent) return;
    report({ waitedMs: waited(), failure: error instanceof DatabaseError ? error.kind : "other" });
  });
  return lending;
}
