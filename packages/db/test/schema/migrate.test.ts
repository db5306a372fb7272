import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { afterEach, expect, test } from "vitest";
import { type Database, executeForLibrary, executeRawSql } from "../../src/index.ts";
import { readMigrations } from "../../src/migration/read-migrations.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

const server = useServer();
const migrations = join(import.meta.dirname, "../../migrations");
const all = (await readMigrations(migrations)).map(({ name }) => name);
const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A copy of the migrations that a test may change. */
async function copyMigrations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  undo.push(() => rm(folder, { recursive: true }));
  await cp(migrations, folder, { recursive: true });
  return folder;
}

const recorded = async (database: Database) =>
  (await executeRawSql(database.db, "select name from app.migrations order by name")).map(
    (row) => row["name"],
  );

test("an empty database gets every migration, once", async () => {
  const database = await server.createEmpty();
  const said: string[] = [];
  expect(await migrate({ url: database.url, log: (line) => said.push(line) })).toEqual({
    applied: all,
    recorded: [],
  });
  expect(said).toEqual(all.map((name) => `migration ${name}: applied`));
  expect(await migrate({ url: database.url })).toEqual({ applied: [], recorded: [] });
  expect(await recorded(database)).toEqual(all);
});

test("many processes at once apply each migration exactly once", async () => {
  const database = await server.createEmpty();
  const results = await Promise.all(
    Array.from({ length: 5 }, () => migrate({ url: database.url })),
  );
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(all);
});

test.runIf(await preparePgBouncer())("it works through PgBouncer in transaction mode", async () => {
  const database = await server.createEmpty();
  const pooler = await startPgBouncer({ target: server.target, poolSize: 2 });
  undo.push(() => pooler.stop());
  // PgBouncer refuses this setting; who is told that it is there, or finds out, does not send it.
  const url = `${pooler.url(database.name)}?options=-c%20geqo%3Doff`;
  await expect(migrate({ url, mode: "direct" })).rejects.toMatchObject({ kind: "configuration" });
  const [one, two] = await Promise.all([migrate({ url }), migrate({ url, mode: "transaction" })]);
  expect([...one.applied, ...two.applied].sort()).toEqual(all);
});

test("a database that has the real tables keeps them: the first migration is only recorded", async () => {
  const database = await server.createEmpty();
  await executeForLibrary(database.db, await readFile(join(migrations, `${all[0]}.sql`), "utf8"));
  await executeRawSql(database.db, "insert into tenants (name) values ('Old')");
  expect(await migrate({ url: database.url })).toEqual({
    applied: all.slice(1),
    recorded: all.slice(0, 1),
  });
  expect(await executeRawSql(database.db, "select name from tenants")).toEqual([{ name: "Old" }]);
});

test("a database with only some of the real tables is refused by name, untouched", async () => {
  const database = await server.createEmpty();
  await executeForLibrary(database.db, await readFile(join(migrations, `${all[0]}.sql`), "utf8"));
  await executeRawSql(database.db, "drop table contacts");
  await expect(migrate({ url: database.url })).rejects.toThrow("missing: contacts.");
  expect(
    await executeRawSql(database.db, "select nspname from pg_namespace where nspname = 'app'"),
  ).toEqual([]);
});

test("an empty database with a table in the place of a view is refused, untouched", async () => {
  const database = await server.createEmpty();
  await executeRawSql(database.db, "create table profile (id int)");
  await expect(migrate({ url: database.url })).rejects.toThrow("-- rename the table profile first");
  const tables = "select tablename from pg_tables where schemaname in ('public', 'app')";
  expect(await executeRawSql(database.db, tables)).toEqual([{ tablename: "profile" }]);
});

test("a migration that fails is undone, named with its reason, and resumed later", async () => {
  const database = await server.createEmpty();
  const folder = await copyMigrations();
  const bad = join(folder, "9999_bad.sql");
  await writeFile(bad, "create table app.half (id int);\nselect * from no_such_table;\n");
  await expect(migrate({ url: database.url, folder })).rejects.toThrow(
    /migration 9999_bad failed and was undone: .*"no_such_table" does not exist/,
  );
  expect(await recorded(database)).toEqual(all);
  await writeFile(bad, "create table app.half (id int);\n");
  expect((await migrate({ url: database.url, folder })).applied).toEqual(["9999_bad"]);
});

test("a migration changed after it ran is refused; other line ends are no change", async () => {
  const database = await server.createEmpty();
  const folder = await copyMigrations();
  await migrate({ url: database.url, folder });
  const file = join(folder, "0002_app.sql");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replaceAll("\n", "\r\n"));
  expect((await migrate({ url: database.url, folder })).applied).toEqual([]);
  await writeFile(file, `${text}\nselect 1;\n`);
  await expect(migrate({ url: database.url, folder })).rejects.toThrow(
    "migration 0002_app was changed after it ran on this database",
  );
});

test.each(["repeatable read", "serializable"])(
  "a login whose transactions are %s by default migrates as any other, twice at once",
  async (isolation) => {
    const database = await server.createEmpty();
    await executeForLibrary(
      database.db,
      `alter database ${database.name} set default_transaction_isolation = '${isolation}'`,
    );
    const both = await Promise.all([1, 2].map(() => migrate({ url: database.url })));
    expect(both.flatMap(({ applied }) => applied).sort()).toEqual(all);
  },
);

test("the login's own search path changes nothing", async () => {
  const database = await server.createEmpty();
  await executeForLibrary(
    database.db,
    `create schema elsewhere; alter database ${database.name} set search_path = elsewhere`,
  );
  await migrate({ url: database.url });
  const [{ schema } = {}] = await executeRawSql(
    database.db,
    "select relnamespace::regnamespace::text as schema from pg_class where relname = 'jobs'",
  );
  expect(schema).toBe("public");
});

test("a folder without migrations is an error that says so", async () => {
  const database = await server.createEmpty();
  await expect(migrate({ url: database.url, folder: tmpdir() })).rejects.toThrow(
    "pass the folder of the .sql files",
  );
});
