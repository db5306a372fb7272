import { AsyncLocalStorage } from "node:async_hooks";
import type { DatabaseHooks, QueryEvent } from "./hooks.ts";
import { currentTags } from "./tags.ts";

type Outcome = Pick<QueryEvent, "command" | "rows" | "failure">;

/** From now on until what it returns is called with the outcome, a statement runs. Undefined when nobody watches. */
export function beginReport(
  { query }: DatabaseHooks,
  statement: Pick<QueryEvent, "name" | "text">,
): ((outcome: Outcome) => void) | undefined {
  if (!query) return undefined;
  const startedAt = performance.now();
  const tags = currentTags()?.tags;
  // Answers arrive in the context of the socket; whoever is told of them wants that of the caller.
  const inContext = AsyncLocalStorage.snapshot();
  return (outcome) => {
    const durationMs = performance.now() - startedAt;
    inContext(() => query({ ...statement, ...outcome, durationMs, tags }));
  };
}
