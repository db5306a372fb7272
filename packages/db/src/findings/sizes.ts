import { type Executor, executeRawSql, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { certain } from "../statement/row.ts";

/** So many tables are told, the largest. */
export const TABLES_SHOWN_MAX = 12;

/** What a table takes on the server's disk. Rows are as many as the server thinks. */
export interface TableSize {
  name: string;
  bytes: number;
  /** Of them, in indexes. */
  indexBytes: number;
  rows: number;
  /** Rows that are gone and not cleared away yet. */
  deadRows: number;
}

export interface Sizes {
  databaseBytes: number;
  tables: TableSize[];
}

const whole = defineStatement("select pg_database_size(current_database())::float8 as bytes", {
  bytes: certain("float8"),
});

const largest = defineStatement(
  `select format('%s.%s', s.schemaname, s.relname) as name, pg_total_relation_size(s.relid)::float8 as bytes,
     pg_indexes_size(s.relid)::float8 as index_bytes, s.n_live_tup::float8 as rows, s.n_dead_tup::float8 as dead_rows
   from pg_stat_all_tables s
   where s.schemaname in ('public', 'app', 'pgboss')
   order by pg_total_relation_size(s.relid) desc, name limit :limit::int`,
  {
    name: certain("text"),
    bytes: certain("float8"),
    index_bytes: certain("float8"),
    rows: certain("float8"),
    dead_rows: certain("float8"),
  },
);

/** How large the database and its largest tables are. Looks at every file of them: not for every few seconds. */
export async function findSizes(executor: Executor): Promise<Sizes> {
  const row = await executeRawSqlOne(executor, whole);
  const rows = await executeRawSql(executor, largest, { limit: TABLES_SHOWN_MAX });
  return {
    databaseBytes: row?.bytes ?? 0,
    tables: rows.map(({ index_bytes: indexBytes, dead_rows: deadRows, ...table }) => ({
      ...table,
      indexBytes,
      deadRows,
    })),
  };
}
