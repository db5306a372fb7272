import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { executeForLibrary, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { findLaterMigrations, migrationsFolder, readMigrations } from "@scrapersky/db/migrate";
import { beforeAll, expect, test } from "vitest";
import { type OpenDatabase, openEmpty } from "../databases.ts";
import { runCommand } from "./run-command.ts";

// A database of version 0.1.0 in which a batch of 41 sites ended, as pg_dump wrote it, without the settings of its session.

const dump = gunzipSync(
  await readFile(join(import.meta.dirname, "../fixtures/0.1.0.sql.gz")),
).toString();
const KEPT = ["tenants", "profiles", "batch_jobs", "jobs", "domains", "pages", "contacts"];

const rowsOf = async ({ db }: OpenDatabase) =>
  Object.fromEntries(
    await Promise.all(
      KEPT.map(async (table) => {
        const sql = `select count(*)::int as rows, md5(string_agg(row::text, '' order by row::text)) as words
          from (select t.id::text as row from ${table} t) r`;
        return [table, await executeRawSqlOne<{ rows: number; words: string }>(db, sql)];
      }),
    ),
  ) as Record<string, { rows: number; words: string }>;

let database: OpenDatabase;
beforeAll(async () => {
  database = await openEmpty();
  await database.db.transaction((tx) =>
    executeForLibrary(tx, `set local check_function_bodies = off;\n${dump}`),
  );
});

test("a database of 0.1.0 is brought up with all of its rows, and its leads after that", async () => {
  const settings = { DATABASE_URL: database.url };
  const before = await rowsOf(database);
  expect(before["jobs"]?.rows).toBe(41);
  const migrated = await runCommand(["migrate"], settings);
  expect(migrated).toMatchObject({ code: 0, stdout: expect.stringContaining("db -- leads") });
  expect(await rowsOf(database)).toEqual(before);
  expect((await runCommand(["drift", "--fail-on", "harmful"], settings)).code).toBe(0);
  expect(await runCommand(["leads"], settings)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("have their leads now"),
  });
  expect(
    await executeRawSql(
      database.db,
      `select count(*)::int as leads, count(best_email)::int as emails,
         (select count(*)::int from domains where cardinality(email_addresses) > 0) as mailboxes from app.leads`,
    ),
  ).toEqual([{ leads: 41, emails: 26, mailboxes: 26 }]);
  expect((await runCommand(["doctor"], settings)).code).toBe(0);
});

test("going back: each program behind the newest that asks for a lowest runs on it, each before is refused and told why", async () => {
  const migrations = await readMigrations(migrationsFolder);
  const lowest = migrations
    .map(({ lowestProgram = "" }) => lowestProgram)
    .toSorted()
    .at(-1)!;
  for (const { name } of migrations) {
    const looked = findLaterMigrations(database.db, name).then(
      (later) => later.length,
      (error: Error) => error.message,
    );
    expect([name, await looked]).toEqual([
      name,
      name.slice(0, 4) >= lowest
        ? migrations.filter((other) => other.name > name).length
        : expect.stringContaining(`needs a program that knows migration ${lowest}`),
    ]);
  }
});
