import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import * as schema from "./schema/index.ts";
import { createDatabase } from "./session/database.ts";
import { findDatabaseError } from "./session/errors.ts";
import { executeForLibrary, executeRawSql, executeRawSqlOne } from "./session/raw-sql.ts";
import type { Tx } from "./session/types.ts";

// Brings a database to the newest migration. Only ever forward: a mistake is mended by a further file.

/** What to migrate, and how. */
export interface MigrateOptions {
  /** The database; a session or direct address where there is one. */
  url: string;
  /** Folder of the .sql files; needed when this code runs from a bundle. */
  folder?: string;
  /** Deadline of one statement, waiting for another migration included. Default 10 minutes. */
  statementTimeoutMs?: number;
  /** Receives one line for each thing done. */
  log?: (line: string) => void;
}

/** What a run did; both empty when the database was up to date. */
export interface MigrateResult {
  /** Names of the migrations run. */
  applied: string[];
  /** Names recorded without running, because the database had their tables already. */
  recorded: string[];
}

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

/** Chosen once at random; every process that migrates takes this lock. */
const MIGRATE_LOCK = 7_104_551_982;

/** Makes the real tables; recorded without running where they exist. */
const FIRST = "0001_real_tables";

const sourceFolder = fileURLToPath(new URL("../migrations/", import.meta.url));

/**
 * Runs the migrations the database lacks, each in its own transaction under an advisory lock of
 * that transaction: safe behind a pooler, from many processes at once, and after an interruption.
 *
 * Throws an Error that names the migration and says what to do; DatabaseError when the database
 * cannot be reached.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const log = options.log ?? (() => {});
  const migrations = await readMigrations(options.folder ?? sourceFolder);
  const database = createDatabase({
    url: options.url,
    max: 1,
    applicationName: "scrapersky migrate",
    statementTimeoutMs: options.statementTimeoutMs ?? 600_000,
  });
  const result: MigrateResult = { applied: [], recorded: [] };
  try {
    for (const migration of migrations) {
      const done = await database.db.transaction((tx) => runOnce(tx, migration));
      if (done === "present") continue;
      result[done].push(migration.name);
      log(`migration ${migration.name}: ${done}`);
    }
  } finally {
    await database.close();
  }
  return result;
}

/** The migrations of a folder in order of their names, which begin with a number. */
async function readMigrations(folder: string): Promise<Migration[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`no migrations in ${folder}: pass the folder of the .sql files`, { cause });
  });
  const names = files.filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort();
  if (names.length === 0) {
    throw new Error(`no migrations in ${folder}: pass the folder of the .sql files`);
  }
  return Promise.all(
    names.map(async (file) => {
      // A checkout with Windows line ends holds the same migration.
      const text = (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n");
      const checksum = createHash("sha256").update(text).digest("hex");
      return { name: file.slice(0, -".sql".length), text, checksum };
    }),
  );
}

async function runOnce(tx: Tx, migration: Migration): Promise<"applied" | "recorded" | "present"> {
  await executeRawSql(tx, "select pg_advisory_xact_lock(:lock)", { lock: MIGRATE_LOCK });
  await prepareRecord(tx);
  const earlier = await executeRawSqlOne<{ checksum: string }>(
    tx,
    "select checksum from app.migrations where name = :name",
    { name: migration.name },
  );
  if (earlier?.checksum === migration.checksum) return "present";
  if (earlier) {
    throw new Error(
      `migration ${migration.name} was changed after it ran on this database. ` +
        "Restore the file and put the change into a new migration.",
    );
  }
  const present = migration.name === FIRST && (await hasRealTables(tx));
  if (!present) await runScript(tx, migration);
  await executeRawSql(tx, "insert into app.migrations (name, checksum) values (:name, :checksum)", {
    name: migration.name,
    checksum: migration.checksum,
  });
  return present ? "recorded" : "applied";
}

/** The table of what ran; made on the first run. The files name real tables without their schema. */
async function prepareRecord(tx: Tx): Promise<void> {
  await executeRawSql(tx, "set local search_path = public");
  const { present } = (await executeRawSqlOne<{ present: boolean }>(
    tx,
    "select to_regclass('app.migrations') is not null as present",
  )) ?? { present: false };
  if (present) return;
  await executeForLibrary(
    tx,
    `create schema if not exists app;
     create table app.migrations (
       name text primary key,
       checksum text not null,
       applied_at timestamptz not null default now()
     );`,
  );
}

async function runScript(tx: Tx, migration: Migration): Promise<void> {
  try {
    await executeForLibrary(tx, migration.text);
  } catch (error) {
    const known = findDatabaseError(error);
    // The reason is in the server's own words: a migration holds no secrets.
    const reason = known?.cause instanceof Error ? known.cause.message : known?.message;
    throw new Error(
      `migration ${migration.name} failed and was undone: ${reason ?? String(error)}. ` +
        "Mend the cause and run it again.",
      { cause: error },
    );
  }
}

/** Whether the database has the real tables already. Some of them but not all is an Error. */
async function hasRealTables(tx: Tx): Promise<boolean> {
  const wanted = realTableNames();
  const rows = await executeRawSql<{ name: string }>(
    tx,
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and relname = any(:wanted::text[])`,
    { wanted },
  );
  if (rows.length === 0) return false;
  const found = new Set(rows.map(({ name }) => name));
  const missing = wanted.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new Error(
      `the database has some of the real tables but not all; missing: ${missing.join(", ")}. ` +
        "Restore them, or start from an empty database.",
    );
  }
  return true;
}

function realTableNames(): string[] {
  return Object.values(schema)
    .filter((value) => is(value, PgTable))
    .map((table) => getTableConfig(table))
    .filter((config) => config.schema === undefined)
    .map((config) => config.name)
    .sort();
}
