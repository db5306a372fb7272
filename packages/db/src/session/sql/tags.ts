import { AsyncLocalStorage } from "node:async_hooks";

/** On whose behalf statements run. */
export interface StatementTags {
  requestId?: string | undefined;
  /** Such as `batches.create`, or the name of a worker's step. */
  procedure?: string | undefined;
}

interface Tagged {
  tags: StatementTags;
  comment: string;
}

const storage = new AsyncLocalStorage<Tagged>();

/** Everything that could end a comment or a quoted value is percent-encoded; a lone surrogate has no encoding. */
const encode = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replace(/['*]/g, (char) =>
    char === "*" ? "%2A" : "%27",
  );

/** It goes first: what the server shows of a running statement is cut at its end. */
function commentOf({ procedure, requestId }: StatementTags): string {
  const parts = Object.entries({ procedure, request_id: requestId }).flatMap(([key, value]) =>
    value === undefined || value === "" ? [] : [`${key}='${encode(value)}'`],
  );
  return parts.length === 0 ? "" : `/*${parts.join(",")}*/ `;
}

/** Every statement that `work` sends, however deep, carries these tags as an SQL comment and to the hooks. */
export const withStatementTags = <T>(tags: StatementTags, work: () => T): T =>
  storage.run({ tags, comment: commentOf(tags) }, work);

/** The tags under which the caller runs, if there are any. */
export const currentTags = (): Tagged | undefined => storage.getStore();
