import { type Executor, STATEMENTS } from "../scope/raw-sql.ts";
import { forCaller } from "../scope/statements.ts";
import type { Query } from "./estimate-rows.ts";

/**
 * The rows of a query of Drizzle whose every column is text, as they arrive: each an array in the order of its columns. For
 * many rows, of which nobody needs objects.
 * @throws DatabaseError
 */
export function readTexts(executor: Executor, query: Query): Promise<(string | null)[][]> {
  const { sql, params } = query.toSQL();
  const read = executor[STATEMENTS].query(sql, params, { arrays: true, single: true });
  return forCaller(executor[STATEMENTS], read, (rows) => rows as unknown as (string | null)[][]);
}
