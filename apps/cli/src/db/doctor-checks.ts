import { type Database, executeRawSql, executeRawSqlOne, type Pooler } from "@scrapersky/db";
import { checkDrift, describeDeclared } from "@scrapersky/db/drift";
import { findPending, readMigrations } from "@scrapersky/db/migrate";
import { type Env, migrationsFolder } from "../env.ts";
import { namePooler } from "./describe-way.ts";

/** What a check found, and what to do about it. */
export interface Finding {
  status: "ok" | "warn" | "fail";
  says: string;
  todo?: string;
}

/** What a check may look at. */
export interface Examination {
  env: Env;
  database: Database;
  pooler: Pooler;
}

const OLDEST_SERVER = 15;
const CLOCK_SKEW_MAX_MS = 2_000;

export function checkTls({ env, database }: Examination): Finding {
  const { settings, notes } = database.describe();
  const unverified = notes.find((note) => note.includes("does not verify"));
  if (unverified !== undefined) {
    return {
      status: "warn",
      says: "encrypted, but the server is not verified",
      todo: "use sslmode=verify-full, with sslrootcert for a certificate authority of your own",
    };
  }
  if (settings["tls"]) return { status: "ok", says: "encrypted, the server is verified" };
  const host = new URL(env.url.replace(/^[^:]+:/, "http:")).hostname;
  return /^(localhost|127\.|\[::1\])/.test(host)
    ? { status: "ok", says: "not encrypted, on this machine only" }
    : {
        status: "warn",
        says: "not encrypted, over the network",
        todo: "remove sslmode=disable from the address",
      };
}

/** Two connections of ours on one server process: a pooler in transaction mode stands between. */
async function sharesServers({ database }: Examination): Promise<boolean> {
  const pid = "select pg_backend_pid() as pid";
  let shared = false;
  await database.withSession(async (session) => {
    for (let attempt = 0; attempt < 5 && !shared; attempt++) {
      const one = await executeRawSqlOne<{ pid: number }>(session, pid);
      const other = await executeRawSqlOne<{ pid: number }>(database.db, pid);
      shared = one?.pid === other?.pid;
    }
  });
  return shared;
}

export async function checkPooler(at: Examination): Promise<Finding> {
  const { env, database, pooler } = at;
  const mode = String(database.describe().settings["mode"]);
  const name = namePooler(pooler);
  const used = `used in mode ${mode}`;
  if (!(await sharesServers(at))) {
    const says = pooler.kind === "none" ? "none" : `${name} in session mode`;
    return { status: "ok", says: `${says}, ${used}` };
  }
  const says = `${name} in transaction mode`;
  if (mode !== "transaction") {
    const todo = "set DATABASE_MODE=transaction";
    return { status: "warn", says: `${says}, ${used}`, todo };
  }
  return env.migrationUrl === env.url
    ? {
        status: "warn",
        says: `${says}, and no direct address`,
        todo: "set DATABASE_MIGRATION_URL, for migrations and for the health of the direct way",
      }
    : { status: "ok", says };
}

export async function checkWritable({ database }: Examination): Promise<Finding> {
  const row = await executeRawSqlOne<{ replica: boolean; readOnly: boolean }>(
    database.db,
    `select pg_is_in_recovery() as replica,
       current_setting('default_transaction_read_only') = 'on' as "readOnly"`,
  );
  if (row?.replica) {
    return { status: "fail", says: "a read-only replica", todo: "use the address of the primary" };
  }
  return row?.readOnly
    ? {
        status: "fail",
        says: "transactions are read-only by default",
        todo: "unset default_transaction_read_only of the database or the role",
      }
    : { status: "ok", says: "takes reads and writes" };
}

export async function checkVersions({ database }: Examination): Promise<Finding> {
  const row = await executeRawSqlOne<{ version: string; number: number }>(
    database.db,
    `select current_setting('server_version') as version,
       current_setting('server_version_num')::int as number`,
  );
  const says = `PostgreSQL ${row?.version}, Node.js ${process.versions.node}`;
  return (row?.number ?? 0) >= OLDEST_SERVER * 10_000
    ? { status: "ok", says }
    : { status: "fail", says, todo: `PostgreSQL ${OLDEST_SERVER} or newer is needed: upgrade it` };
}

export async function checkLimits({ database }: Examination): Promise<Finding> {
  const row = await executeRawSqlOne<{ used: number; limit: number }>(
    database.db,
    `select (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
       current_setting('max_connections')::int as limit`,
  );
  const { used = 0, limit = 0 } = row ?? {};
  const says = `${used} of ${limit} connections in use`;
  return used < limit * 0.8
    ? { status: "ok", says }
    : { status: "warn", says, todo: "lower DATABASE_POOL_MAX, or put a pooler between" };
}

export async function checkClock({ database }: Examination): Promise<Finding> {
  const start = Date.now();
  const row = await executeRawSqlOne<{ at: number }>(
    database.db,
    "select (extract(epoch from clock_timestamp()) * 1000)::float8 as at",
  );
  // The answer was written about half way between asking and hearing.
  const skewMs = Math.round((row?.at ?? 0) - (start + Date.now()) / 2);
  const says = `${Math.abs(skewMs)} ms between this machine's clock and the server's`;
  return Math.abs(skewMs) <= CLOCK_SKEW_MAX_MS
    ? { status: "ok", says }
    : { status: "warn", says, todo: "set both clocks by a time server: ages and leases go wrong" };
}

export async function checkMigrations({ database }: Examination): Promise<Finding> {
  const migrations = await readMigrations(migrationsFolder);
  const pending = await findPending(database.db, migrations);
  if (pending.length > 0) {
    return {
      status: "fail",
      says: `${pending.length} of ${migrations.length} not applied: ${pending.map(({ name }) => name).join(", ")}`,
      todo: "run `npm run db -- migrate`",
    };
  }
  const rows = await executeRawSql<{ name: string }>(
    database.db,
    "select name from app.migrations where name <> all(:known::text[])",
    { known: migrations.map(({ name }) => name) },
  );
  return rows.length === 0
    ? { status: "ok", says: `all ${migrations.length} applied` }
    : {
        status: "warn",
        says: `the database is newer than this code: ${rows.map(({ name }) => name).join(", ")}`,
        todo: "deploy the newer code",
      };
}

export async function checkQueue({ database }: Examination): Promise<Finding> {
  const row = await executeRawSqlOne<{ present: boolean }>(
    database.db,
    "select to_regclass('pgboss.job') is not null as present",
  );
  return row?.present
    ? { status: "ok", says: "schema pgboss is there" }
    : {
        status: "fail",
        says: "schema pgboss is absent: no batch can be created",
        todo: "run `npm run db -- migrate`",
      };
}

export async function checkDriftHere({ database }: Examination): Promise<Finding> {
  const { counts, tables } = await checkDrift(database);
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  if (found.length === 0)
    return { status: "ok", says: `${tables} tables are what the schema says` };
  return {
    status: counts.breaking > 0 ? "fail" : "warn",
    says: found.map(([severity, count]) => `${count} ${severity}`).join(", "),
    todo: "run `npm run db -- drift` for what breaks, and what would mend it",
  };
}

export async function checkPermissions({ database }: Examination): Promise<Finding> {
  const tables = describeDeclared().tables.map(({ schema, table }) => `${schema}.${table}`);
  const rows = await executeRawSql<{ name: string; lacks: string | null; hidden: boolean }>(
    database.db,
    `select name,
       (select string_agg(right_name, ', ') from unnest(array['select','insert','update','delete'])
          as right_name where not has_table_privilege(oid, right_name)) as lacks,
       row_security_active(oid) as hidden
     from (
       select name, to_regclass(name)::oid as oid from unnest(:tables::text[]) as name
     ) as tables
     where oid is not null
     order by name`,
    { tables },
  );
  const lacking = rows.filter(({ lacks }) => lacks !== null);
  if (lacking.length > 0) {
    const first = lacking[0];
    return {
      status: "fail",
      says: `${lacking.length} tables the role may not fully use, ${first?.name} first: no ${first?.lacks}`,
      todo: "grant select, insert, update, delete on all tables in schema public, app to the role",
    };
  }
  const hidden = rows.filter((row) => row.hidden);
  if (hidden.length > 0) {
    return {
      status: "fail",
      says: `row security hides rows of ${hidden.map(({ name }) => name).join(", ")} from the role`,
      todo: "use the owner of the tables, or a role with bypassrls",
    };
  }
  return { status: "ok", says: `the role may read and write ${rows.length} tables` };
}
