import { lookup } from "node:dns/promises";
import {
  certain,
  createDatabase,
  type Database,
  defineStatement,
  executeRawSqlOne,
} from "@scrapersky/db";
import type { Finding } from "@scrapersky/db/findings";
import type { Env } from "../../env.ts";
import { namePooler } from "../describe-way.ts";
import type { Examination } from "./examination.ts";

// The way to the database: what stands on it, and how many may walk it at once.

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
  return /^(localhost|127\.|\[::1\])/.test(hostOf(env.url))
    ? { status: "ok", says: "not encrypted, on this machine only" }
    : {
        status: "warn",
        says: "not encrypted, over the network",
        todo: "remove sslmode=disable from the address",
      };
}

const hostOf = (url: string): string => new URL(url.replace(/^[^:]+:/, "http:")).hostname;

const serverProcess = defineStatement("select pg_backend_pid() as pid", { pid: "int4" });

/** Two connections of ours on one server process: a pooler in transaction mode stands between. */
async function sharesServers(database: Database): Promise<boolean> {
  let shared = false;
  await database.withSession(async (session) => {
    for (let attempt = 0; attempt < 5 && !shared; attempt++) {
      const one = await executeRawSqlOne(session, serverProcess);
      const other = await executeRawSqlOne(database.db, serverProcess);
      shared = one?.pid === other?.pid;
    }
  });
  return shared;
}

const DIRECT =
  "set DATABASE_MIGRATION_URL to the server itself or to a session pooler (Supabase: port 5432), for migrations, " +
  "which build indexes concurrently, and for the health of the direct way";

export async function checkPooler({ env, database, pooler }: Examination): Promise<Finding> {
  const mode = String(database.describe().settings["mode"]);
  const name = namePooler(pooler);
  const used = `used in mode ${mode}`;
  if (!(await sharesServers(database))) {
    const says = pooler.kind === "none" ? "none" : `${name} in session mode`;
    return { status: "ok", says: `${says}, ${used}` };
  }
  const says = `${name} in transaction mode`;
  if (mode !== "transaction") {
    const todo = "set DATABASE_MODE=transaction";
    return { status: "warn", says: `${says}, ${used}`, todo };
  }
  return env.migrationUrl === env.url
    ? { status: "warn", says: `${says}, and no direct address`, todo: DIRECT }
    : { status: "ok", says };
}

/** Whether the address for migrations leads to the server itself, as it is meant to. */
export async function checkDirectWay({ migrationUrl }: Env): Promise<Finding | undefined> {
  const database = createDatabase({
    url: migrationUrl,
    max: 2,
    applicationName: "scrapersky doctor",
  });
  try {
    return (await sharesServers(database))
      ? {
          status: "warn",
          says: "DATABASE_MIGRATION_URL leads through a pooler in transaction mode",
          todo: DIRECT,
        }
      : undefined;
  } finally {
    await database.close();
  }
}

/** What Supabase's smallest projects have, and as many clients its pooler admits in session mode. */
const SUPAVISOR_SIZE = 15;

interface Limit {
  size: number;
  of: string;
  raise: string;
}

export async function checkPoolSize(at: Examination): Promise<Finding> {
  const { env } = at;
  const limits = await findLimits(at);
  const [narrowest] = limits.toSorted((one, other) => one.size - other.size);
  const workers = Math.max(1, await countWorkers(at));
  const processes = APIS + workers;
  const asked = processes * env.poolMax;
  const who = workers === 1 ? "api and worker" : `api and ${workers} workers`;
  const says = `${who} open ${asked} connections at most, ${env.poolMax} each`;
  if (narrowest === undefined) return { status: "ok", says };
  const { size, of, raise } = narrowest;
  if (asked <= size) return { status: "ok", says: `${says}; ${of} has ${size}` };
  const share = Math.floor(size / processes);
  return {
    status: "warn",
    says: `${says}, and ${of} has only ${size}`,
    todo:
      share < 2
        ? `raise ${raise}`
        : `set DATABASE_POOL_MAX=${share} for all of them, less where more apis run, or raise ${raise}`,
  };
}

/** Nobody but themselves knows of them: who runs more divides further. */
const APIS = 1;

const livingWorkers = defineStatement(
  "select count(*)::int as count from app.workers where seen_at > now() - interval '15 seconds'",
  { count: "int4" },
);

/** None where the database was not migrated yet. */
async function countWorkers({ database }: Examination): Promise<number> {
  const row = await executeRawSqlOne(database.db, livingWorkers).catch(() => undefined);
  return row?.count ?? 0;
}

const connectionLimits = defineStatement(
  `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
       - coalesce(current_setting('reserved_connections', true), '0')::int as server,
     (select rolconnlimit from pg_roles where rolname = current_user) as role,
     (select datconnlimit from pg_database where datname = current_database()) as database`,
  { server: certain("int4"), role: certain("int4"), database: certain("int4") },
);

async function findLimits(at: Examination): Promise<Limit[]> {
  const { database, pooler } = at;
  if (pooler.kind === "supavisor") {
    const session = database.describe().settings["mode"] === "session";
    const of = "Supabase's pooler in session mode, unless its pool was made larger,";
    return session
      ? [{ size: SUPAVISOR_SIZE, of, raise: "the pool size in the project's database settings" }]
      : [];
  }
  if (pooler.kind === "pgbouncer") {
    const { poolSize: size } = pooler;
    const raise = "its default_pool_size or the pool_size of the database";
    return size === undefined ? [] : [{ size, of: "PgBouncer's pool", raise }];
  }
  const row = await executeRawSqlOne(database.db, connectionLimits);
  if (row === undefined) return [];
  return [
    { size: row.server, of: "the server", raise: "its max_connections" },
    { size: row.role, of: "the role", raise: "it with ALTER ROLE … CONNECTION LIMIT" },
    { size: row.database, of: "the database", raise: "it with ALTER DATABASE … CONNECTION LIMIT" },
  ].filter(({ size }) => size >= 0);
}

/** What a host that cannot be reached has to do with it; undefined where it has IPv4. */
export async function adviseOnHost(
  url: string,
  find: (host: string) => Promise<{ family: number }[]> = (host) => lookup(host, { all: true }),
): Promise<string | undefined> {
  const host = hostOf(url);
  const found = await find(host).catch(() => []);
  if (found.some(({ family }) => family === 4)) return undefined;
  const project = /^db\.([a-z0-9]+)\.supabase\.co$/.exec(host)?.[1];
  if (project !== undefined) {
    return (
      `${host} answers on IPv6 only, which this machine or its network lacks: use the session pooler, whose address is on the ` +
      `project's page "Connect" (user postgres.${project}, port 5432), or add IPv4 to the project`
    );
  }
  return found.length > 0
    ? `${host} answers on IPv6 only: give this machine IPv6, or use an address that has IPv4`
    : undefined;
}
