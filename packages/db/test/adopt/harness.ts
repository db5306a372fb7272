import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import * as fixtures from "@scrapersky/embedded/fixtures";
import { afterAll } from "vitest";
import { applyAdoption, readAdoptionPlan, scriptsOf } from "../../src/adopt/index.ts";
import { createDatabase, type Database, executeForLibrary } from "../../src/index.ts";
import { migrationsFolder, readMigrations } from "../../src/migrate.ts";

export const migrations = await readMigrations(migrationsFolder);
const realTables = await readFile(join(migrationsFolder, "0001_real_tables.sql"), "utf8");
const extension = `create schema extensions; create extension "uuid-ossp" with schema extensions;`;

export interface Kind {
  debian?: boolean;
  /** Not a superuser. */
  ordinary?: boolean;
  supabase?: boolean;
  rows?: boolean;
  batchIds?: "text" | "uuid";
  parents?: boolean;
}

export type FirstSystem = Database & { url: string; adminUrl: string; name: string };

const run: fixtures.RunScript = async (url, script) => {
  const database = createDatabase({ url, max: 1 });
  try {
    await executeForLibrary(database.db, script);
  } finally {
    await database.close();
  }
};

/** Databases of the first system for one test file, on servers that end with it. */
export function useFirstSystem() {
  const servers = new Map<boolean, Promise<EmbeddedPostgres>>();
  const originals = new Map<string, Promise<fixtures.OwnedDatabase>>();
  const open: Database[] = [];
  let copies = 0;
  afterAll(async () => {
    for (const database of open) await database.close();
    for (const server of servers.values()) await (await server).stop();
  });

  const connect = (url: string): Database => {
    const database = createDatabase({ url, max: 3, statementTimeoutMs: 300_000 });
    open.push(database);
    return database;
  };
  const make = async (adminUrl: string, kind: Kind): Promise<fixtures.OwnedDatabase> => {
    const { debian: _, ordinary = false, supabase = false, ...options } = kind;
    const owner = ordinary ? await fixtures.createOrdinaryOwner(adminUrl, run) : undefined;
    const owned = await fixtures.createOwnedDatabase(adminUrl, owner, run);
    if (supabase) await fixtures.makeSupabaseLike(owned, run);
    else if (ordinary)
      await run(owned.adminUrl, `${extension} grant usage on schema extensions to public;`);
    await fixtures.makeFirstSystem(owned, realTables, run, options);
    return owned;
  };
  /** Making the tables takes five times as long as copying them. */
  const copyOriginal = async (adminUrl: string, kind: Kind): Promise<fixtures.OwnedDatabase> => {
    const key = JSON.stringify([adminUrl, kind]);
    const made = originals.get(key) ?? make(adminUrl, kind);
    originals.set(key, made);
    const original = await made;
    const name = `${original.name}_${++copies}`;
    await run(adminUrl, `create database ${name} template ${original.name} strategy file_copy`);
    const addressOf = (url: string) => url.replace(/[^/]+$/, name);
    return {
      ...original,
      name,
      url: addressOf(original.url),
      adminUrl: addressOf(original.adminUrl),
    };
  };
  return {
    connect,
    /** @param script what is there besides, run as the owner */
    async create(kind: Kind = {}, script = ""): Promise<FirstSystem> {
      const { debian = false, ordinary = false, supabase = false } = kind;
      const server =
        servers.get(debian) ?? (debian ? fixtures.startDebianPostgres() : startTemporaryPostgres());
      servers.set(debian, server);
      const { url: adminUrl } = await server;
      // Each ordinary owner is one of its own, and so is what belongs to it.
      const owned = await (ordinary || supabase ? make : copyOriginal)(adminUrl, kind);
      if (script !== "") await run(owned.url, script);
      return { ...owned, ...connect(owned.url) };
    },
  };
}

export const planOf = (database: Database) => readAdoptionPlan(database.db, migrations);

/** Plans and does it. */
export async function adopt(database: Database) {
  const plan = await planOf(database);
  await applyAdoption(database.db, migrations, plan.fingerprint);
  return plan;
}

export const runScript = (database: Database, script: string) =>
  executeForLibrary(database.db, script);

export const backOf = (plan: Awaited<ReturnType<typeof planOf>>) => scriptsOf(plan).back;

export async function query<Row extends Record<string, unknown>>(
  database: Database,
  sql: string,
): Promise<Row[]> {
  return (await executeForLibrary(database.db, sql)).rows as Row[];
}

/** Everything that a schema of the owner holds, as text: rows of every table, and how all of it was made. */
export async function snapshot(database: Database): Promise<Record<string, string[]>> {
  const kept: Record<string, string[]> = {};
  // A column that was away comes back as the last one: what is in it counts, not its place.
  const tables = await query<{ name: string; columns: string }>(
    database,
    `select format('%I.%I', n.nspname, c.relname) as name, string_agg(format('%I', attname), ', ' order by attname) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped
     where n.nspname in ('public', 'other') and c.relkind = 'r' group by 1 order by 1`,
  );
  for (const { name, columns } of tables) {
    const rows = await query<{ row: string }>(
      database,
      `select row(${columns})::text as row from ${name} order by 1`,
    );
    kept[name] = rows.map(({ row }) => row);
  }
  kept["made"] = (await query<{ made: string }>(database, MADE)).map(({ made }) => made);
  return kept;
}

const MADE = `
  select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as made
  from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
  union all select indexdef from pg_indexes where schemaname in ('public', 'other')
  union all select pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where not tgisinternal
  union all select viewname || definition from pg_views where schemaname in ('public', 'other')
  union all select matviewname || definition from pg_matviews
  union all select policyname || tablename || roles::text || coalesce(qual, '') || coalesce(with_check, '') from pg_policies
  union all select relname || ' ' || coalesce(relacl, acldefault('r', relowner))::text || coalesce(obj_description(oid, 'pg_class'), '')
    || coalesce(reloptions::text, '') || relowner::regrole::text
  from pg_class where relnamespace = 'public'::regnamespace
  union all
  select format('%s %s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
    pg_get_expr(adbin, adrelid))
  from pg_attribute join pg_class c on c.oid = attrelid
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
  order by 1`;
