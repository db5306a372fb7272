import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { certain } from "../statement/row.ts";
import type { Finding } from "./finding.ts";

// What the server is, and whether it lets the product work.

const OLDEST_SERVER = 15;
const CLOCK_SKEW_MAX_MS = 2_000;

const defaults = defineStatement(
  `select pg_is_in_recovery() as replica,
     current_setting('default_transaction_read_only') = 'on' as "readOnly",
     current_setting('default_transaction_isolation') as isolation,
     quote_ident(current_user) as role, quote_ident(current_database()) as database`,
  {
    replica: "bool",
    readOnly: certain("bool"),
    isolation: certain("text"),
    role: "text",
    database: "text",
  },
);

export async function checkWritable(executor: Executor): Promise<Finding> {
  const row = await executeRawSqlOne(executor, defaults);
  if (row?.replica) {
    return { status: "fail", says: "a read-only replica", todo: "use the address of the primary" };
  }
  const set = (setting: string, value: string) =>
    `alter role ${row?.role} in database ${row?.database} set ${setting} = ${value};`;
  if (row?.readOnly) {
    return {
      status: "fail",
      says: "transactions are read-only by default",
      todo: set("default_transaction_read_only", "off"),
    };
  }
  if (row !== undefined && row.isolation !== "read committed") {
    return {
      status: "warn",
      says: `transactions are ${row.isolation} by default: writes at the same time fail, where they should wait`,
      todo: set("default_transaction_isolation", "'read committed'"),
    };
  }
  return { status: "ok", says: "takes reads and writes" };
}

const version = defineStatement(
  `select current_setting('server_version') as version,
     current_setting('server_version_num')::int as number`,
  { version: certain("text"), number: certain("int4") },
);

export async function checkVersions(executor: Executor): Promise<Finding> {
  const row = await executeRawSqlOne(executor, version);
  const says = `PostgreSQL ${row?.version}, Node.js ${process.versions.node}`;
  return (row?.number ?? 0) >= OLDEST_SERVER * 10_000
    ? { status: "ok", says }
    : { status: "fail", says, todo: `PostgreSQL ${OLDEST_SERVER} or newer is needed: upgrade it` };
}

const serverClock = defineStatement(
  "select (extract(epoch from clock_timestamp()) * 1000)::float8 as at",
  { at: "float8" },
);

export async function checkClock(executor: Executor): Promise<Finding> {
  const start = Date.now();
  const row = await executeRawSqlOne(executor, serverClock);
  // The answer was written about half way between asking and hearing.
  const skewMs = Math.round((row?.at ?? 0) - (start + Date.now()) / 2);
  const says = `${Math.abs(skewMs)} ms between this machine's clock and the server's`;
  return Math.abs(skewMs) <= CLOCK_SKEW_MAX_MS
    ? { status: "ok", says }
    : { status: "warn", says, todo: "set both clocks by a time server: ages and leases go wrong" };
}

const connections = defineStatement(
  `select (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
     current_setting('max_connections')::int as limit`,
  { used: "int4", limit: certain("int4") },
);

export async function checkLimits(executor: Executor): Promise<Finding> {
  const row = await executeRawSqlOne(executor, connections);
  const { used = 0, limit = 0 } = row ?? {};
  const says = `${used} of ${limit} connections in use`;
  return used < limit * 0.8
    ? { status: "ok", says }
    : { status: "warn", says, todo: "lower DATABASE_POOL_MAX, or put a pooler between" };
}
