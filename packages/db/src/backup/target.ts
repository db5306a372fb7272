import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { nullable } from "../statement/row.ts";

/** What a database is, for whoever copies it or brings rows into it. */
export interface Target {
  database: string;
  /** Its newest migration; undefined where there is none. */
  newest: string | undefined;
  /** The version of the queue's tables; undefined where there are none. */
  queue: number | undefined;
  hasTenants: boolean;
}

const standing = defineStatement(
  `select current_database()::text as database, to_regclass('app.migrations') is not null as migrated,
     to_regclass('pgboss.version') is not null as queued, to_regclass('public.tenants') is not null as peopled`,
  {
    database: "text",
    migrated: "bool",
    queued: "bool",
    peopled: "bool",
  },
);
const newest = defineStatement("select max(name) as name from app.migrations", {
  name: nullable("text"),
});
const queue = defineStatement("select max(version)::int as version from pgboss.version", {
  version: nullable("int4"),
});
const tenants = defineStatement("select exists (select from public.tenants) as some", {
  some: "bool",
});

export async function findTarget(executor: Executor): Promise<Target> {
  const row = await executeRawSqlOne(executor, standing);
  if (!row) throw new Error("SELECT gave no row");
  const { database, migrated, queued, peopled } = row;
  return {
    database,
    newest: (migrated && (await executeRawSqlOne(executor, newest))?.name) || undefined,
    queue: (queued && (await executeRawSqlOne(executor, queue))?.version) || undefined,
    hasTenants: peopled && ((await executeRawSqlOne(executor, tenants))?.some ?? false),
  };
}
