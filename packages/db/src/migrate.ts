import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { verifyRealTables } from "./migration/baseline.ts";
import { describeLater, findLaterMigrations } from "./migration/compatible.ts";
import { buildIndexes, buildsConcurrently } from "./migration/build-indexes.ts";
import {
  EACH_ITS_SNAPSHOT,
  liftTimeouts,
  takeStepLock,
  withMigrationLock,
} from "./migration/lock.ts";
import { offerGrant } from "./migration/offer-grant.ts";
import { type Migration, readMigrations } from "./migration/read-migrations.ts";
import { makeReader } from "./portal/make-reader.ts";
import { createDatabase } from "./session/database.ts";
import { driverErrorOf, findDatabaseError } from "./session/errors/database-error.ts";
import type { Mode } from "./session/config/mode.ts";
import {
  type Executor,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
} from "./session/scope/raw-sql.ts";
import type { Db, Tx } from "./session/types.ts";

export { describeLater, findLaterMigrations } from "./migration/compatible.ts";
export { readMigrations } from "./migration/read-migrations.ts";

// Brings a database to the newest migration. Only ever forward: a mistake is mended by a further
// file. A real table is made where there is none, and never altered or dropped.

/** What to migrate, and how. */
export interface MigrateOptions {
  /** The database; a session or direct address where there is one. Two connections are used. */
  url: string;
  /** What `url` leads to. Default `auto`: told by its port and host. */
  mode?: Mode;
  /** Folder of the .sql files; needed when this code runs from a bundle. */
  folder?: string;
  /** Stops behind this migration: for rows of an older version. Default: all. */
  upTo?: string;
  /** Longest wait for another process that migrates, and deadline of one statement. Default 10 minutes. */
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

/** Makes the real tables; recorded without running where they exist. */
const FIRST = "0001_real_tables";

/** Makes the view of older SQL, unless something has its name. */
const VIEW = "0004_profile_view";

/** Who waits for a lock makes everybody behind wait too: give up soon, and come back. */
const LOCK_TIMEOUT_MS = 3_000;
const LOCK_ATTEMPTS = 10;
const LOCK_PAUSE_MS = 1_000;

export const migrationsFolder = fileURLToPath(new URL("../migrations/", import.meta.url));

/**
 * Runs the migrations the database lacks, one process at a time, each in its own transaction and
 * indexes on real tables concurrently: safe behind a pooler, from many processes at once, on tables
 * in use, and after an interruption at any point.
 *
 * On a database that has the real tables already they are verified first, and the first migration is
 * only recorded. Throws ProgramTooOld on a database of a version that it cannot run on; DriftError, having touched nothing, when they would break the product; an
 * Error that names the migration and says what to do; DatabaseError when the database cannot be
 * reached.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const { log = () => {}, statementTimeoutMs = 600_000 } = options;
  const all = await readMigrations(options.folder ?? migrationsFolder);
  const migrations = all.filter(({ name }) => name <= (options.upTo ?? name));
  const database = createDatabase({
    url: options.url,
    mode: options.mode,
    max: 2,
    applicationName: "scrapersky migrate",
    statementTimeoutMs,
  });
  const { db } = database;
  try {
    const later = await findLaterMigrations(db, migrations.at(-1)?.name);
    if (later.length > 0) log(describeLater(later));
    if ((await findPending(db, migrations)).length === 0) return { applied: [], recorded: [] };
    return await withMigrationLock(db, { waitMs: statementTimeoutMs, log }, (signal) =>
      runPending(db, migrations, { log, signal }),
    );
  } finally {
    await database.close();
  }
}

/**
 * The migrations that the database does not have. One changed since it ran is an Error.
 * @throws ProgramTooOld when the database has one that needs a newer program
 */
export async function findPending(
  executor: Executor,
  migrations: Migration[],
): Promise<Migration[]> {
  await findLaterMigrations(executor, migrations.at(-1)?.name);
  const table = await executeRawSqlOne<{ present: boolean }>(
    executor,
    "select to_regclass('app.migrations') is not null as present",
  );
  if (!table?.present) return migrations;
  const rows = await executeRawSql<{ name: string; checksum: string }>(
    executor,
    "select name, checksum from app.migrations",
  );
  const done = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const changed = migrations.find(
    ({ name, checksum }) => done.has(name) && done.get(name) !== checksum,
  );
  if (changed) {
    throw new Error(
      `migration ${changed.name} was changed after it ran on this database. ` +
        "Restore the file and put the change into a new migration.",
    );
  }
  return migrations.filter(({ name }) => !done.has(name));
}

interface Around {
  log: (line: string) => void;
  /** Fires when another process may begin to migrate: then this one has to stop. */
  signal: AbortSignal;
}

async function runPending(db: Db, migrations: Migration[], around: Around): Promise<MigrateResult> {
  const { log, signal } = around;
  // Asked again: another process may have been here while this one waited.
  const pending = await findPending(db, migrations);
  const result: MigrateResult = { applied: [], recorded: [] };
  if (pending.length === 0) return result;
  const ran = (wanted: string) => !pending.some(({ name }) => name === wanted);
  const hasRealTables = await verifyRealTables(db, {
    mustExist: ran(FIRST),
    viewMustExist: migrations.some(({ name }) => name === VIEW) && ran(VIEW),
    log,
  });
  try {
    for (const migration of pending) {
      const isPresent = hasRealTables && migration.name === FIRST;
      const concurrently = buildsConcurrently(migration);
      if (concurrently) await buildIndexes(db, migration, around);
      const script = isPresent || concurrently ? undefined : migration.text;
      const ranHere = await runOnce(db, migration, script, around);
      const done = isPresent ? "recorded" : "applied";
      if (ranHere) result[done].push(migration.name);
      log(`migration ${migration.name}: ${ranHere ? done : "another process was faster"}`);
    }
    await db.transaction((tx) => makeReader(tx, log), { signal });
  } catch (error) {
    throw signal.aborted ? lockLost(result, signal.reason) : error;
  }
  return result;
}

/** Somebody else is still running a migration whose lock he lost. */
class StepTaken extends Error {}

/**
 * Runs a script, if any, and records its migration, together or not at all.
 * @returns false when another process had recorded it
 */
async function runOnce(
  db: Db,
  migration: Migration,
  script: string | undefined,
  { log, signal }: Around,
): Promise<boolean> {
  const { name, checksum } = migration;
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(
        async (tx) => {
          if (!(await takeStepLock(tx))) {
            throw new StepTaken("another process that lost its lock has not ended it");
          }
          await liftTimeouts(tx);
          await prepare(tx);
          const [there] = await findRecorded(tx, name);
          if (there) return false;
          if (script !== undefined) await executeForLibrary(tx, script);
          await executeRawSql(
            tx,
            "insert into app.migrations (name, checksum, lowest_program) values (:name, :checksum, :lowest)",
            { name, checksum, lowest: migration.lowestProgram ?? null },
          );
          return true;
        },
        { ...EACH_ITS_SNAPSHOT, signal },
      );
    } catch (error) {
      const taken = error instanceof StepTaken;
      const inUse = findDatabaseError(error)?.sqlstate === "55P03";
      if (!(taken || inUse) || attempt === LOCK_ATTEMPTS) throw await explain(db, migration, error);
      const who = taken ? "another process is still at it" : "a table is in use";
      log(`migration ${name}: ${who}, trying again`);
      await delay(LOCK_PAUSE_MS, undefined, { signal });
    }
  }
}

const findRecorded = (tx: Tx, name: string) =>
  executeRawSql(tx, "select from app.migrations where name = :name", { name });

/** The table of what ran, made on the first run. The files name real tables without their schema. */
async function prepare(tx: Tx): Promise<void> {
  await executeForLibrary(
    tx,
    `set local search_path = public;
     set local lock_timeout = ${LOCK_TIMEOUT_MS};
     set local client_min_messages = warning;
     create schema if not exists app;
     create table if not exists app.migrations (
       name text primary key,
       checksum text not null,
       applied_at timestamptz not null default now()
     );
     alter table app.migrations add column if not exists lowest_program text;`,
  );
}

async function explain(db: Db, { name }: Migration, error: unknown): Promise<Error> {
  const known = findDatabaseError(error);
  // The reason is in the server's own words: a migration holds no secrets.
  const said = known && driverErrorOf(known);
  const reason = said instanceof Error ? said.message : known?.message;
  const grant = await offerGrant(db, error).catch(() => undefined);
  const todo =
    grant === undefined
      ? "Mend the cause and run it again."
      : `Have the owner or a superuser run: ${grant} Then run it again.`;
  return new Error(`migration ${name} failed and was undone: ${reason ?? String(error)}. ${todo}`, {
    cause: error,
  });
}

function lockLost({ applied, recorded }: MigrateResult, cause: unknown): Error {
  const done = [...applied, ...recorded].join(", ");
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new Error(
    `the connection that holds the lock of the migrations ended${reason}, so this process stopped. ` +
      `Done until then: ${done || "nothing"}; what was under way is undone. ` +
      "Run it again: indexes that were being built are built anew.",
    { cause },
  );
}
