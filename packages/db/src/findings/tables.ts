import { describeDeclared } from "../drift/declared.ts";
import { NEWEST_MIGRATION } from "../migration/compatible.ts";
import { type Executor, executeRawSql, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { certain } from "../statement/row.ts";
import type { Finding } from "./finding.ts";

// Whether the tables are there, and whether our statements find them.

const MIGRATE = "run `npm run db -- migrate`";

/**
 * What is applied, in words.
 * @param pending those that are not
 * @param of how many this program knows
 * @param later those of the database that this program does not know
 */
export function describeMigrations({
  pending,
  of,
  later,
}: {
  pending: readonly string[];
  of: number;
  later: readonly string[];
}): Finding {
  if (pending.length > 0) {
    const says = `${pending.length} of ${of} not applied: ${pending.join(", ")}`;
    return { status: "fail", says, todo: MIGRATE };
  }
  return later.length === 0
    ? { status: "ok", says: `all ${of} applied` }
    : {
        status: "warn",
        says: `the database is newer than this code: ${later.join(", ")}`,
        todo: "deploy the newer code",
      };
}

/** Migrations of the database and of this program, told by their numbers, which have no gaps. */
export interface Applied {
  expected: number;
  applied: number;
  newest: string | null;
  finding: Finding;
}

/** A program without the migrations' files knows the name of its newest one. */
export async function findApplied(executor: Executor): Promise<Applied> {
  const expected = Number(NEWEST_MIGRATION.slice(0, 4));
  const rows = await executeRawSql<{ name: string }>(
    executor,
    "select name from app.migrations order by name",
  );
  const numbers = new Set(rows.map(({ name }) => Number(name.slice(0, 4))));
  const known = Array.from({ length: expected }, (_, at) => at + 1);
  const pending = known.filter((number) => !numbers.has(number));
  return {
    expected,
    applied: expected - pending.length,
    newest: rows.at(-1)?.name ?? null,
    finding: describeMigrations({
      pending: pending.map((number) => String(number).padStart(4, "0")),
      of: expected,
      later: rows.map(({ name }) => name).filter((name) => Number(name.slice(0, 4)) > expected),
    }),
  };
}

const searchPath = defineStatement(
  `select current_setting('search_path') as path,
     'public' = any(current_schemas(false)) as "hasPublic",
     array(
       select format('%I.%I', n.nspname, c.relname)
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relname = any(:names::text[]) and n.nspname <> 'public' and pg_table_is_visible(c.oid)
       order by 1
     ) as shadowed,
     quote_ident(current_user) as role, quote_ident(current_database()) as database`,
  {
    path: certain("text"),
    hasPublic: certain("bool"),
    shadowed: "text[]",
    role: "text",
    database: "text",
  },
);

/** Tables are named without their schema: the login's search path must lead to ours, and to no other first. */
export async function checkSearchPath(executor: Executor): Promise<Finding> {
  const names = describeDeclared()
    .tables.filter(({ schema }) => schema === "public")
    .map(({ table }) => table);
  const row = await executeRawSqlOne(executor, searchPath, { names });
  const { path = "", hasPublic = false, shadowed = [] } = row ?? {};
  if (hasPublic && shadowed.length === 0) {
    return { status: "ok", says: "the tables are found by their names" };
  }
  const kept = path
    .split(",")
    .map((part) => part.trim())
    .filter((part) => !["", '""', "public"].includes(part));
  // What was in front stays in front, unless it hides our tables.
  const own = kept.filter((part) => part === '"$user"' && shadowed.length === 0);
  const rest = kept.filter((part) => !own.includes(part));
  const wanted = [...own, "public", ...rest].join(", ");
  return {
    status: "fail",
    says: hasPublic
      ? `the search path (${path}) finds ${shadowed.join(", ")} before the table of schema public`
      : `the search path (${path === "" ? "empty" : path}) does not lead to schema public: no table is found`,
    todo: `alter role ${row?.role} in database ${row?.database} set search_path = ${wanted}; then connect again, poolers too`,
  };
}

const hasQueue = defineStatement(
  `select exists (
     select from pg_class where relname = 'job' and relnamespace = to_regnamespace('pgboss')
   ) as present`,
  { present: "bool" },
);

/** The queue is a schema of the same database. */
export async function checkQueueTables(executor: Executor): Promise<Finding> {
  const row = await executeRawSqlOne(executor, hasQueue);
  return row?.present
    ? { status: "ok", says: "schema pgboss is there" }
    : { status: "fail", says: "schema pgboss is absent: no batch can be created", todo: MIGRATE };
}
