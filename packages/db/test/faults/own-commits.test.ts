import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Database, executeForLibrary, executeRawSql } from "../../src/index.ts";
import { failOnUnhandledRejections, failureOf } from "./outcome.ts";
import { type Stand, startStand } from "./stand.ts";

failOnUnhandledRejections();

let stand: Stand;
beforeAll(async () => {
  stand = await startStand("directly");
  const make = (text: string) => executeRawSql(stand.direct.db, text);
  await make(`create procedure keep(id int) language plpgsql as $$
    begin insert into note values (id); commit; perform 1/0; end $$`);
  await make(`create procedure slow_keep(id int) language plpgsql as $$
    begin insert into note values (id); commit; perform pg_sleep(20); end $$`);
});
afterAll(() => stand.stop());
afterEach(() => stand.closeOpened());

type Work = (database: Database, id: number) => Promise<unknown>;

const block = (id: number, failing = "perform 1/0") =>
  `do $$ begin insert into note values (${id}); commit; ${failing}; end $$`;

test.each<[string, Work]>([
  ["a block", ({ db }, id) => executeRawSql(db, block(id))],
  ["a block behind a comment", ({ db }, id) => executeRawSql(db, `/* it */ ${block(id)}`)],
  ["a block of the builder", ({ db }, id) => db.execute(sql.raw(block(id)))],
  ["a block of a library", ({ db }, id) => executeForLibrary(db, block(id))],
  ["a block in a session", (all, id) => all.withSession((one) => executeRawSql(one, block(id)))],
  ["a block in quotes", ({ db }, id) => executeRawSql(db, block(id).replaceAll("$$", "'"))],
  ["a block that calls", ({ db }, id) => executeRawSql(db, `do $$ begin call keep(${id}); end $$`)],
  ["a procedure", ({ db }, id) => executeRawSql(db, "call keep(:id::int)", { id })],
  [
    "a block that breaks a rule",
    ({ db }, id) => executeRawSql(db, block(id, `insert into note values (${id})`)),
  ],
  [
    "a block that was given up",
    ({ db }, id) => executeRawSql(db, block(id, "perform pg_sleep(20)"), {}, { timeoutMs: 2_000 }),
  ],
  [
    "a procedure that was given up",
    ({ db }, id) => executeRawSql(db, "call slow_keep(:id::int)", { id }, { timeoutMs: 2_000 }),
  ],
])("%s that commits and then fails is in doubt: its rows are there", async (_, work) => {
  const id = stand.nextId();
  const database = stand.open();
  // To connect may take longer than the deadline of one of them.
  await executeRawSql(database.db, "select 1");
  expect(await failureOf(work(database, id))).toMatchObject({ outcomeUnknown: true });
  expect(await stand.present(id)).toBe(true);
});

test.each<[string, (id: number) => string]>([
  ["a block that never commits", (id) => block(id).replace("commit;", "")],
  ["a procedure that is not there", () => "call nobody()"],
  ["a procedure whose argument fails", () => "call keep(1/0)"],
  ["a statement that only speaks of it", () => "select 'do call commit', 1/0"],
])("%s is not in doubt", async (_, text) => {
  const id = stand.nextId();
  const { db } = stand.open();
  expect(await failureOf(executeRawSql(db, text(id)))).toMatchObject({ outcomeUnknown: false });
  expect(await stand.present(id)).toBe(false);
});

test("in a transaction neither may commit, so nothing is in doubt", async () => {
  const id = stand.nextId();
  const { db } = stand.open();
  for (const text of [block(id), `call keep(${id})`]) {
    const work = db.transaction((tx) => executeRawSql(tx, text));
    expect(await failureOf(work)).toMatchObject({ sqlstate: "2D000", outcomeUnknown: false });
  }
  expect(await stand.present(id)).toBe(false);
});
