import type { Database } from "@scrapersky/db";
import pg from "pg";

interface Query {
  sql: string;
  params: unknown[];
}

/** The session below a query builder: Drizzle's types hide it. */
interface Sessions {
  prepareQuery(query: Query, ...rest: unknown[]): unknown;
}

/** How the server answers the last query that is built by `ask`, as it plans and runs it on a connection of its own. */
export async function explain(
  { db }: Database,
  url: string,
  ask: () => Promise<unknown>,
): Promise<string> {
  const sessions = Object.getPrototypeOf(
    (db as unknown as { session: Sessions }).session,
  ) as Sessions;
  const { prepareQuery } = sessions;
  let last: Query | undefined;
  sessions.prepareQuery = function (query, ...rest) {
    last = query;
    return prepareQuery.call(this, query, ...rest);
  };
  try {
    await ask();
  } finally {
    sessions.prepareQuery = prepareQuery;
  }
  if (last === undefined) throw new Error("no query was built");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const text = `explain (analyze, buffers) ${last.sql}`;
    const { rows } = await client.query<{ "QUERY PLAN": string }>(text, last.params);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  } finally {
    await client.end();
  }
}
