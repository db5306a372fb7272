import { setTimeout as delay } from "node:timers/promises";
import { driverErrorOf, findDatabaseError } from "../session/errors/database-error.ts";
import { executeRawSql, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import type { Db } from "../session/types.ts";
import type { Migration } from "./read-migrations.ts";

// Indexes on tables that others write meanwhile: built concurrently, which no transaction allows.
// Each can be interrupted at any point and is taken up by the next run.

/** An hour: a table so large that this is too short wants its index built by hand. */
const BUILD_TIMEOUT_MS = 3_600_000;
const POLL_MS = 200;

interface IndexStatement {
  name: string;
  table: string;
  sql: string;
}

const INDEX = /^create index concurrently if not exists (\w+)\s+on (?:public\.)?(\w+)\s+/;

/** Whether a migration builds indexes concurrently, and so runs outside a transaction. */
export const buildsConcurrently = (migration: Migration): boolean =>
  /^create (?:unique )?index concurrently /m.test(migration.text);

/** The statements of such a migration. Anything else in it is an Error. */
export function readIndexStatements({ name, text }: Migration): IndexStatement[] {
  const statements = text
    .replace(/--[^\n]*/g, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
  return statements.map((statement) => {
    const [head, index, table] = INDEX.exec(statement) ?? [];
    if (head === undefined || index === undefined || table === undefined) {
      throw new Error(
        `migration ${name} mixes concurrent index builds with other statements. ` +
          'It may hold only "create index concurrently if not exists name on table (...)".',
      );
    }
    // The login's own search path must not choose the table.
    const sql = statement.replace(
      head,
      `create index concurrently if not exists ${index} on public.${table} `,
    );
    return { name: index, table, sql };
  });
}

interface Around {
  log: (line: string) => void;
  /** Stops waiting and building. */
  signal: AbortSignal;
}

/** Builds the indexes that are not there; what an interrupted build left is removed and built anew. */
export async function buildIndexes(db: Db, migration: Migration, around: Around): Promise<void> {
  const { log, signal } = around;
  for (const statement of readIndexStatements(migration)) {
    await waitForBuilds(db, statement, around);
    const valid = await findValidity(db, statement.name);
    if (valid === true) continue;
    if (valid === false) {
      log(`index ${statement.name}: removing what an interrupted build left`);
      const drop = `drop index concurrently if exists public.${statement.name}`;
      await executeRawSql(db, drop, {}, { signal });
    }
    await build(db, migration, statement, signal);
  }
}

/** A killed process leaves its build running in the server: it is let end, not torn down. */
async function waitForBuilds(
  db: Db,
  { name, table }: IndexStatement,
  { log, signal }: Around,
): Promise<void> {
  const deadline = Date.now() + BUILD_TIMEOUT_MS;
  for (let told = false; Date.now() < deadline; told = true) {
    signal.throwIfAborted();
    const running = await executeRawSqlOne(
      db,
      `select from pg_stat_progress_create_index
       where datname = current_database() and relid = to_regclass(:table) limit 1`,
      { table: `public.${table}` },
    );
    if (!running) return;
    if (!told) log(`index ${name}: waiting for an index that is being built on ${table}`);
    await delay(POLL_MS, undefined, { signal });
  }
}

async function findValidity(db: Db, name: string): Promise<boolean | undefined> {
  const row = await executeRawSqlOne<{ valid: boolean }>(
    db,
    `select x.indisvalid and x.indisready as valid
     from pg_index x join pg_class i on i.oid = x.indexrelid
     where i.relname = :name and i.relnamespace = 'public'::regnamespace`,
    { name },
  );
  return row?.valid;
}

async function build(
  db: Db,
  migration: Migration,
  { name, sql }: IndexStatement,
  signal: AbortSignal,
): Promise<void> {
  try {
    await executeRawSql(db, sql, {}, { timeoutMs: BUILD_TIMEOUT_MS, signal });
  } catch (error) {
    const known = findDatabaseError(error);
    const said = known && driverErrorOf(known);
    const reason = said instanceof Error ? said.message : String(error);
    throw new Error(
      `migration ${migration.name}: index ${name} could not be built: ${reason}. ` +
        "Nothing is blocked by it; run this again, which removes the rest of it and starts anew. " +
        "If a statement or transaction timeout ended it, give the role a longer one.",
      { cause: error },
    );
  }
}
