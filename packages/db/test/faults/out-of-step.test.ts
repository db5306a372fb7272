import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  copyIn,
  copyOut,
  type Database,
  DatabaseError,
  driverErrorOf,
  executeRawSql,
} from "../../src/index.ts";
import { OutOfStep } from "../../src/session/wire/post-mortem.ts";
import type { LastBytes } from "../../src/session/config/hooks.ts";
import { expectWorking, failOnUnhandledRejections, failureOf } from "./outcome.ts";
import { readyForQuery } from "./protocol.ts";
import { type Stand, startStand } from "./stand.ts";

failOnUnhandledRejections();

const note = pgTable("note", { id: integer("id").primaryKey(), body: text("body") });
const insert = "insert into note values (:id)";

let stand: Stand;
let database: Database;
let told: LastBytes[];

beforeAll(async () => {
  stand = await startStand("directly");
});
afterAll(() => stand.stop());
beforeEach(async () => {
  told = [];
  const outOfStep = ({ lastBytes }: { lastBytes: LastBytes }) => told.push(lastBytes);
  database = stand.open({ max: 1, hooks: [{ outOfStep }] });
  await database.connect();
});
afterEach(() => stand.closeOpened());

/** The next answer comes with one ReadyForQuery too many: before it, or right behind it. */
function addReady(where: "before" | "behind", status: "I" | "T" = "I"): void {
  stand.proxy.rewriteAnswer = (chunk) => {
    stand.proxy.rewriteAnswer = undefined;
    const ready = readyForQuery(status);
    return Buffer.concat(where === "before" ? [ready, chunk] : [chunk, ready]);
  };
}

const inDoubt = { kind: "connection_lost", outcomeUnknown: true };

test("a read is in doubt, and nobody gets its rows", async () => {
  addReady("before");
  expect(await failureOf(executeRawSql(database.db, "select 1 as a"))).toMatchObject(inDoubt);
  expect(await executeRawSql(database.db, "select 2 as b")).toEqual([{ b: 2 }]);
  await expectWorking(database);
});

test("a read with parameters and one by the builder are too", async () => {
  addReady("before");
  const withParameter = executeRawSql(database.db, "select :x::int as a", { x: 1 });
  expect(await failureOf(withParameter)).toMatchObject(inDoubt);
  await expectWorking(database);
  addReady("before");
  expect(await failureOf(database.db.select().from(note).execute())).toMatchObject(inDoubt);
});

test("a failing write is not told as done", async () => {
  const id = stand.nextId();
  await executeRawSql(database.db, insert, { id });
  addReady("before");
  expect(await failureOf(executeRawSql(database.db, insert, { id }))).toMatchObject(inDoubt);
});

test("callers side by side get their own rows or a failure, never another's", async () => {
  const crowd = stand.open({ max: 3 });
  await crowd.connect();
  let answers = 0;
  stand.proxy.rewriteAnswer = (chunk) =>
    ++answers % 7 === 0 ? Buffer.concat([readyForQuery("I"), chunk]) : chunk;
  const ends = await Promise.allSettled(
    Array.from({ length: 60 }, (_, token) =>
      executeRawSql(crowd.db, "select :token::int as token", { token }),
    ),
  );
  stand.proxy.rewriteAnswer = undefined;
  for (const [token, end] of ends.entries()) {
    if (end.status === "fulfilled") expect(end.value).toEqual([{ token }]);
    else expect(end.reason).toBeInstanceOf(DatabaseError);
  }
  expect(ends.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  await expectWorking(crowd);
});

test.each(["I", "T"] as const)(
  "a transaction fails at its first statement (%s)",
  async (status) => {
    const id = stand.nextId();
    addReady("before", status);
    const work = database.db.transaction((tx) => executeRawSql(tx, insert, { id }));
    expect(await failureOf(work)).toMatchObject(inDoubt);
    expect(await stand.present(id)).toBe(false);
    await expect.poll(() => stand.openTransactions()).toBe(0);
  },
);

test.each(["I", "T"] as const)("a transaction fails at a later statement (%s)", async (status) => {
  const id = stand.nextId();
  const work = database.db.transaction(async (tx) => {
    await executeRawSql(tx, insert, { id });
    addReady("before", status);
    await executeRawSql(tx, "select 1").catch(() => {});
    await executeRawSql(tx, insert, { id: stand.nextId() }).catch(() => {});
  });
  expect(await failureOf(work)).toMatchObject({ kind: "connection_lost" });
  expect(await stand.present(id)).toBe(false);
});

test("a COMMIT is of unknown outcome", async () => {
  const id = stand.nextId();
  const work = database.db.transaction(async (tx) => {
    await executeRawSql(tx, insert, { id });
    addReady("before");
  });
  expect(await failureOf(work)).toMatchObject({ kind: "outcome_unknown", outcomeUnknown: true });
});

test("a savepoint takes its transaction along", async () => {
  const id = stand.nextId();
  const work = database.db.transaction(async (tx) => {
    await executeRawSql(tx, insert, { id });
    addReady("before", "T");
    await tx.savepoint((inner) => executeRawSql(inner, "select 1")).catch(() => {});
  });
  expect(await failureOf(work)).toMatchObject({ kind: "connection_lost" });
  expect(await stand.present(id)).toBe(false);
});

test("one that follows an answer ends its connection, and what was answered stands", async () => {
  addReady("behind");
  expect(await executeRawSql(database.db, "select 1 as a")).toEqual([{ a: 1 }]);
  expect(await executeRawSql(database.db, "select 2 as b")).toEqual([{ b: 2 }]);
  expect(told).toHaveLength(1);
});

test("one that follows an answer does not hit whoever waits for the connection", async () => {
  addReady("behind");
  const answered = executeRawSql(database.db, "select 1 as a");
  const waiting = executeRawSql(database.db, "select 2 as b");
  expect(await Promise.all([answered, waiting])).toEqual([[{ a: 1 }], [{ b: 2 }]]);
  expect(told).toHaveLength(1);
});

test("copied rows are in doubt, whenever it comes", async () => {
  for (const turn of [1, 2]) {
    let answers = 0;
    stand.proxy.rewriteAnswer = (chunk) =>
      ++answers === turn ? Buffer.concat([readyForQuery("I"), chunk]) : chunk;
    const copied = copyIn(database.db, note, ["id", "body"], [[stand.nextId(), "x"]]);
    expect(await failureOf(copied)).toMatchObject(inDoubt);
    stand.proxy.rewriteAnswer = undefined;
    await expectWorking(database);
  }
  addReady("before");
  const out = copyOut(database.db, "copy (select 1) to stdout", () => {});
  expect(await failureOf(out)).toMatchObject(inDoubt);
  await expectWorking(database);
});

test("a connection that begins so is opened again", async () => {
  const other = stand.open({ max: 1 });
  let readies = 0;
  stand.proxy.rewriteAnswer = (chunk) => {
    if (chunk.at(-6) !== 0x5a || ++readies > 1) return chunk;
    return Buffer.concat([chunk, readyForQuery("I")]);
  };
  expect(await executeRawSql(other.db, "select 1 as a")).toEqual([{ a: 1 }]);
  expect(readies).toBeGreaterThan(2);
});

test("the last bytes both ways are kept for programs", async () => {
  addReady("before");
  const work = executeRawSql(database.db, "select length(:word)", {
    word: "w".repeat(9_000),
  });
  const error = (await failureOf(work)) as DatabaseError;
  const cause = driverErrorOf(error);
  expect(cause).toBeInstanceOf(OutOfStep);
  const { sent, received } = (cause as OutOfStep).lastBytes;
  expect(sent).toHaveLength(4_096);
  expect(sent.toString("latin1")).toContain("www");
  expect(received.includes(readyForQuery("I"))).toBe(true);
  expect(told).toEqual([{ sent, received }]);
});

test("a password that was sent to log in is not among them", async () => {
  addReady("before");
  const error = (await failureOf(executeRawSql(database.db, "select 1"))) as DatabaseError;
  const { sent } = (driverErrorOf(error) as OutOfStep).lastBytes;
  expect(sent.toString("latin1")).not.toContain(stand.server.user);
});
