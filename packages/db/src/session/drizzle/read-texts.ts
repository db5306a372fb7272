import { type Executor, STATEMENTS } from "../scope/raw-sql.ts";
import { forCaller } from "../scope/statements.ts";
import { TextRows } from "../sql/text-rows.ts";
import type { Query } from "./estimate-rows.ts";

/**
 * The rows of a query of Drizzle whose every column is text, as they arrive. For many rows, of which nobody needs objects.
 * @throws DatabaseError
 */
export function readTexts(executor: Executor, query: Query): Promise<TextRows> {
  const { sql, params } = query.toSQL();
  const read = executor[STATEMENTS].query(sql, params, { rows: "texts", single: true });
  return forCaller(executor[STATEMENTS], read, ({ texts }) => texts ?? new TextRows(0));
}
