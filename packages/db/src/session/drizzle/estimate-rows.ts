import { type Executor, STATEMENTS } from "../scope/raw-sql.ts";
import { forCaller } from "../scope/statements.ts";

/** What of a query of Drizzle is needed to send it. */
export interface Query {
  toSQL(): { sql: string; params: unknown[] };
}

const ROWS = /"Plan Rows": (\d+)/;

/**
 * How many rows the planner expects of a query, which is not run: right within a few percent for one column, and at times
 * off by far for several.
 * @throws DatabaseError
 */
export function estimateRows(executor: Executor, query: Query): Promise<number> {
  const { sql, params } = query.toSQL();
  const planned = executor[STATEMENTS].query(`explain (format json) ${sql}`, params, {});
  // The first is that of the whole.
  return forCaller(executor[STATEMENTS], planned, (rows) =>
    Number(ROWS.exec(JSON.stringify(rows).replaceAll("\\", ""))?.[1] ?? 0),
  );
}
