import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { sql } from "drizzle-orm";
import {
  createDatabase,
  type Database,
  type DatabaseConfig,
  type DatabaseError,
  describeServerWords,
  executeForLibrary,
  executeRawSql,
  findDatabaseError,
  withStatementTags,
} from "../../src/index.ts";
import { logHooks } from "../../src/observe/index.ts";
import { rememberLines } from "../observe/harness.ts";

let server: EmbeddedPostgres;
let database: Database;
beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({ url: server.url, max: 2 });
  await executeRawSql(
    database.db,
    "create table thing (id int primary key, size int not null constraint small check (size < 10))",
  );
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

async function failure(work: Promise<unknown>): Promise<DatabaseError> {
  const error = findDatabaseError(
    await work.then(
      () => undefined,
      (reason: unknown) => reason,
    ),
  );
  if (!error) throw new Error("it did not fail");
  return error;
}
const failed = (text: string, params = {}) => failure(executeRawSql(database.db, text, params));

describe("what the server said is kept on the error", () => {
  test("of a misspelt statement, with its place", async () => {
    expect((await failed("selec 1")).server).toEqual({
      message: 'syntax error at or near "selec"',
      detail: undefined,
      hint: undefined,
      position: 1,
      constraint: undefined,
      column: undefined,
      table: undefined,
    });
  });

  test("of an exception that a function raised, with detail and hint", async () => {
    const error = await failed(
      `do $$ begin raise exception 'no more %', 'room' using detail = 'all taken', hint = 'come later'; end $$`,
    );
    expect(error).toMatchObject({ sqlstate: "P0001" });
    expect(error.server).toMatchObject({
      message: "no more room",
      detail: "all taken",
      hint: "come later",
    });
  });

  test("of a broken rule, with constraint, column and table", async () => {
    await executeRawSql(database.db, "insert into thing values (1, 1) on conflict do nothing");
    expect((await failed("insert into thing values (1, 1)")).server).toMatchObject({
      message: expect.stringContaining("thing_pkey"),
      detail: "Key (id)=(1) already exists.",
      constraint: "thing_pkey",
      table: "thing",
    });
    expect((await failed("insert into thing values (2, 11)")).server?.constraint).toBe("small");
    expect((await failed("insert into thing values (2, null)")).server?.column).toBe("size");
  });

  test("whoever asked: the builder, a library, a script, a transaction, a savepoint", async () => {
    const { db } = database;
    const broken = "selec 1";
    const work = [
      () => db.execute(sql.raw(broken)),
      () => executeForLibrary(db, broken),
      () => executeRawSql(db, `select 1; ${broken}`),
      () => db.transaction((tx) => executeRawSql(tx, broken)),
      () => db.transaction((tx) => tx.savepoint((inner) => executeRawSql(inner, broken))),
      () => database.withSession((session) => executeRawSql(session, broken)),
    ];
    for (const each of work) {
      expect((await failure(each())).server?.message).toBe('syntax error at or near "selec"');
    }
  });

  test("and that of a refused login", async () => {
    const nowhere = createDatabase({ url: server.url.replace(/\/postgres$/, "/nowhere") });
    const error = await failure(nowhere.connect());
    expect(error.server?.message).toBe('database "nowhere" does not exist');
    await nowhere.close();
  });

  test("and passes through errors that wrap it", async () => {
    const doomed = executeRawSql(
      database.db,
      "select pg_terminate_backend(pg_backend_pid()), :x::int",
      { x: 1 },
    );
    const error = await failure(doomed);
    expect(error).toMatchObject({ sqlstate: "57P01", outcomeUnknown: true });
    expect(error.server?.message).toContain("terminating connection");
  });
});

describe("a place is one in the text that the caller wrote", () => {
  const place = async (text: string, params = {}) => (await failed(text, params)).server?.position;

  test("whatever comment goes before it", async () => {
    const tagged = withStatementTags({ requestId: "r-1", procedure: "things.list" }, () =>
      failed("select 1, nothing"),
    );
    expect((await tagged).server?.position).toBe(11);
  });

  test("with named parameters before and behind it", async () => {
    const text = "select :first_of_all::int, :second::int, nothing, :first_of_all::int";
    expect(await place(text, { first_of_all: 1, second: 2 })).toBe(text.indexOf("nothing") + 1);
    expect(await place("select nothing, :a::int", { a: 1 })).toBe(8);
    const many = Array.from({ length: 120 }, (_, at) => `:p${at}::int`).join(", ");
    const params = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`p${at}`, at]));
    expect(await place(`select ${many}, nothing`, params)).toBe(many.length + 10);
  });

  test("in characters, not in code units", async () => {
    const before = "select '😀😀', :word::text, ";
    expect(await place(`${before}nothing`, { word: "x" })).toBe(Array.from(before).length + 1);
  });

  test("at a parameter itself", async () => {
    const text = "select 1 where :a || '' = 1";
    expect(await place(text, { a: "x" })).toBe(text.indexOf("=") + 1);
  });
});

describe("who is told", () => {
  test("commands: of wrong statements and raised exceptions", async () => {
    expect(describeServerWords(await failed("select * from nothing"))).toBe(
      'relation "nothing" does not exist; at character 15',
    );
    expect(describeServerWords(await failed("select sise from thing"))).toBe(
      'column "sise" does not exist; at character 8; hint: Perhaps you meant to reference the column "thing.size".',
    );
    const raised = await failed("do $$ begin raise exception 'no room'; end $$");
    expect(describeServerWords(raised)).toBe("no room");
    expect(describeServerWords(new Error("around it", { cause: raised }))).toBe("no room");
  });

  test("nobody of what is about rows or places", async () => {
    expect(describeServerWords(await failed("insert into thing values (1, 99)"))).toBeUndefined();
    expect(describeServerWords(await failed("select 'x'::int"))).toBeUndefined();
    expect(describeServerWords(new Error("another one"))).toBeUndefined();
    expect(describeServerWords(undefined)).toBeUndefined();
  });

  test("no print of the error", async () => {
    const error = await failed("do $$ begin raise exception 'hidden words'; end $$");
    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown + JSON.stringify(error) + String(error) + error.stack).not.toContain("hidden");
    expect(Object.keys(error)).not.toContain("server");
  });

  test.each([
    ["development", 'relation "nothing" does not exist; at character 15'],
    ["production", undefined],
    ["test", undefined],
  ] as const)("the log of %s", async (environment, words) => {
    const { lines, log } = rememberLines();
    const config: DatabaseConfig = {
      url: server.url,
      max: 1,
      environment,
      hooks: [logHooks({ log })],
    };
    const watched = createDatabase(config);
    await executeRawSql(watched.db, "select * from nothing").catch(() => {});
    await executeRawSql(watched.db, "insert into thing values (1, 99)").catch(() => {});
    await watched.close();
    const told = lines.filter(({ message }) => message === "statement failed");
    expect(told.map(({ fields }) => fields["words"])).toEqual([words, undefined]);
    expect(JSON.stringify(lines)).not.toContain("99");
  });
});

test("what exists already is told in those words, which libraries look for", async () => {
  await executeRawSql(database.db, "create type colour as enum ('red')");
  for (const text of [
    "create table thing (id int)",
    "create schema public",
    "create type colour as enum ('blue')",
    "create database postgres",
    "alter table thing add column size int",
    "insert into thing values (1, 1), (1, 1)",
  ]) {
    expect((await failed(text)).message).toContain("already exists");
  }
});
