import { withStatementTags } from "@scrapersky/db";

/** Every statement of a step says in a comment which step sent it. */
export const step = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  withStatementTags({ procedure: `worker.${name}` }, work);
