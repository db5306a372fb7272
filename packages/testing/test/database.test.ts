import { createDatabase, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { afterEach, expect, test } from "vitest";
import {
  createTestDatabase,
  getTestServer,
  preparePgBouncer,
  startPgBouncer,
  type TestDatabase,
} from "../src/database.ts";

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function open(url: string) {
  const database = createDatabase({ url });
  undo.push(() => database.close());
  return database.db;
}

async function clone(): Promise<TestDatabase> {
  const created = await createTestDatabase();
  undo.push(() => created.drop());
  return created;
}

test("a clone is migrated and holds what the set-up prepared", async () => {
  const db = open((await clone()).url);
  expect(await executeRawSql(db, "select name from tenants")).toEqual([{ name: "Prepared" }]);
  expect(await executeRawSql(db, "select count(*)::int as n from app.migrations")).not.toEqual([
    { n: 0 },
  ]);
});

test("clones made at once share nothing", async () => {
  const [first, second, third] = await Promise.all([clone(), clone(), clone()]);
  await executeRawSql(open(first.url), "delete from tenants");
  for (const other of [second, third]) {
    expect(await executeRawSql(open(other.url), "select name from tenants")).toHaveLength(1);
  }
});

test("dropping a clone works while somebody is connected, and leaves no database", async () => {
  const created = await createTestDatabase();
  await executeRawSql(open(created.url), "select 1");
  await created.drop();
  const admin = open(created.url.replace(created.name, "postgres"));
  expect(
    await executeRawSqlOne(admin, "select 1 from pg_database where datname = :name", {
      name: created.name,
    }),
  ).toBeUndefined();
});

test.runIf(await preparePgBouncer())(
  "PgBouncer stands in front of a clone, holds callers while paused and lets them on",
  async () => {
    const { name } = await clone();
    const pooler = await startPgBouncer({ target: getTestServer(), poolSize: 1 });
    undo.push(() => pooler.stop());
    const db = open(pooler.url(name));
    const backend = "select pg_backend_pid() as pid";
    const [one, two] = await Promise.all([executeRawSql(db, backend), executeRawSql(db, backend)]);
    expect(one, "two clients share the one server connection").toEqual(two);

    await pooler.pause();
    const hasty = createDatabase({ url: pooler.url(name), statementTimeoutMs: 200 });
    undo.push(() => hasty.close());
    await expect(executeRawSql(hasty.db, backend)).rejects.toMatchObject({
      kind: "acquire_timeout",
    });
    const held = executeRawSql(db, backend);
    await pooler.resume();
    expect(await held).toHaveLength(1);
  },
);
