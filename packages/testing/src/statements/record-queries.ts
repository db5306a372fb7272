import type { Database } from "@scrapersky/db";
import { type DeclaredField, declaredFields } from "@scrapersky/db/statement";

/** A query of Drizzle: its SQL, and what it declares of the values that it selects. */
export interface RecordedQuery {
  text: string;
  fields: DeclaredField[];
}

type Prepare = (
  query: { sql: string },
  fields: Parameters<typeof declaredFields>[0] | undefined,
  ...rest: unknown[]
) => unknown;

/** The session below a query builder, as every one of ours has it: Drizzle's types hide it. */
interface Sessions {
  prepareQuery: Prepare;
}

/** Runs `work` and tells which queries were built meanwhile, on this database and in its transactions. */
export async function recordQueries(
  { db }: Pick<Database, "db">,
  work: () => Promise<void>,
): Promise<RecordedQuery[]> {
  const { session } = db as unknown as { session: Sessions };
  const sessions = Object.getPrototypeOf(session) as Sessions;
  const prepare = sessions.prepareQuery;
  const recorded = new Map<string, RecordedQuery>();
  sessions.prepareQuery = function (query, fields, ...rest) {
    if (fields !== undefined) {
      recorded.set(query.sql, { text: query.sql, fields: declaredFields(fields) });
    }
    return prepare.call(this, query, fields, ...rest);
  };
  try {
    await work();
  } finally {
    sessions.prepareQuery = prepare;
  }
  return [...recorded.values()];
}
