import { certain, defineStatement, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { checkDrift, describeDeclared, needsDecisions } from "@scrapersky/db/drift";
import { findLaterMigrations, findPending, readMigrations } from "@scrapersky/db/migrate";
import { migrationsFolder } from "../../env.ts";
import type { Examination, Finding } from "./finding.ts";

// What is in the database, and whether our statements find it.

const MIGRATE = "run `npm run db -- migrate`";
const ADOPT =
  "run `npm run db -- adopt`: it lists what the owner decides on these tables, and what `migrate` does then";

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
export async function checkSearchPath({ database }: Examination): Promise<Finding> {
  const names = describeDeclared()
    .tables.filter(({ schema }) => schema === "public")
    .map(({ table }) => table);
  const row = await executeRawSqlOne(database.db, searchPath, { names });
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

/** Whether the real tables need an owner's decisions before anything else can be done. */
const mustDecide = async ({ database }: Examination): Promise<boolean> =>
  needsDecisions(await checkDrift(database, undefined, { countRows: false }));

export async function checkMigrations(at: Examination): Promise<Finding> {
  const { database } = at;
  const migrations = await readMigrations(migrationsFolder);
  const later = await findLaterMigrations(database.db, migrations.at(-1)?.name);
  const pending = await findPending(database.db, migrations);
  if (pending.length > 0) {
    return {
      status: "fail",
      says: `${pending.length} of ${migrations.length} not applied: ${pending.map(({ name }) => name).join(", ")}`,
      todo: (await mustDecide(at)) ? ADOPT : MIGRATE,
    };
  }
  return later.length === 0
    ? { status: "ok", says: `all ${migrations.length} applied` }
    : {
        status: "warn",
        says: `the database is newer than this code: ${later.join(", ")}`,
        todo: "deploy the newer code",
      };
}

const hasQueue = defineStatement(
  `select exists (
     select from pg_class where relname = 'job' and relnamespace = to_regnamespace('pgboss')
   ) as present`,
  { present: "bool" },
);

export async function checkQueue(at: Examination): Promise<Finding> {
  const [row] = await executeRawSql(at.database.db, hasQueue);
  return row?.present
    ? { status: "ok", says: "schema pgboss is there" }
    : {
        status: "fail",
        says: "schema pgboss is absent: no batch can be created",
        todo: (await mustDecide(at)) ? ADOPT : MIGRATE,
      };
}

export async function checkDriftHere({ database }: Examination): Promise<Finding> {
  const report = await checkDrift(database, undefined, { countRows: false });
  const found = Object.entries(report.counts).filter(([, count]) => count > 0);
  if (found.length === 0)
    return { status: "ok", says: `${report.tables} tables are what the schema says` };
  return {
    status: report.counts.breaking > 0 ? "fail" : "warn",
    says: found.map(([severity, count]) => `${count} ${severity}`).join(", "),
    todo: needsDecisions(report)
      ? ADOPT
      : "run `npm run db -- drift` for what breaks, and what would mend it",
  };
}
