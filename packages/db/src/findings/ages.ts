import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { certain } from "../statement/row.ts";

/** What keeps a server from clearing away, and how far it is from having to. */
export interface Ages {
  /** Of the oldest transaction of this database that the role may see, seconds; 0 where none is open. */
  oldestTransactionSeconds: number;
  /** Transactions since the oldest snapshot that somebody holds: nothing that died since then can be removed. */
  xminAge: number;
  /** Transactions since the oldest row that is not frozen; at two thousand million the server stops. */
  frozenAge: number;
}

const ages = defineStatement(
  `select coalesce(extract(epoch from clock_timestamp() - min(a.xact_start)), 0)::float8 as transaction_seconds,
     greatest(max(age(a.backend_xmin)), (select max(greatest(age(s.xmin), age(s.catalog_xmin))) from pg_replication_slots s),
       (select max(age(p.transaction)) from pg_prepared_xacts p), 0)::float8 as xmin_age,
     (select age(d.datfrozenxid)::float8 from pg_database d where d.datname = current_database()) as frozen_age
   from pg_stat_activity a
   where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()`,
  {
    transaction_seconds: "float8",
    xmin_age: "float8",
    frozen_age: certain("float8"),
  },
);

export async function findAges(executor: Executor): Promise<Ages> {
  const row = await executeRawSqlOne(executor, ages);
  if (!row) throw new Error("SELECT gave no row");
  return {
    oldestTransactionSeconds: Math.max(0, row.transaction_seconds),
    xminAge: row.xmin_age,
    frozenAge: row.frozen_age,
  };
}
