import { AsyncLocalStorage } from "node:async_hooks";
import type { QueryEvent } from "../config/hooks.ts";
import type { SlotOptions } from "../config/pool-options.ts";
import type { DatabaseError } from "../errors/database-error.ts";
import { describeServerWords } from "../errors/server-words.ts";
import { currentTags } from "../sql/tags.ts";

/** Who watches, and whether they may hear the server's own words. */
export type Reporting = Pick<SlotOptions, "hooks" | "tellsWords">;

interface Outcome extends Pick<QueryEvent, "command" | "rows"> {
  error: DatabaseError | undefined;
  /** Where the failure is no error of ours. */
  failure?: QueryEvent["failure"];
}

/** From now on until what it returns is called with the outcome, a statement runs. Undefined when nobody watches. */
export function beginReport(
  { hooks: { query }, tellsWords }: Reporting,
  statement: Pick<QueryEvent, "name" | "text">,
): ((outcome: Outcome) => void) | undefined {
  if (!query) return undefined;
  const startedAt = performance.now();
  const tags = currentTags()?.tags;
  // Answers arrive in the context of the socket; whoever is told of them wants that of the caller.
  const inContext = AsyncLocalStorage.snapshot();
  return ({ command, rows, error, failure = error?.kind }) => {
    const durationMs = performance.now() - startedAt;
    const words = tellsWords ? describeServerWords(error) : undefined;
    inContext(() => query({ ...statement, command, rows, failure, words, durationMs, tags }));
  };
}
