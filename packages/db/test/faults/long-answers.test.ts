import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { copyIn, copyOut, type Database, executeRawSql } from "../../src/index.ts";
import { expectWorking, failOnUnhandledRejections, failureOf } from "./outcome.ts";
import { type Stand, startStand, type Way } from "./stand.ts";

failOnUnhandledRejections();

const ways: Way[] = (await preparePgBouncer()) ? ["directly", "through PgBouncer"] : ["directly"];
const note = pgTable("note", { id: integer("id").primaryKey(), body: text("body") });
const COUNT = 3_000;

describe.each(ways)("%s", (way) => {
  let stand: Stand;
  let database: Database;

  beforeAll(async () => {
    stand = await startStand(way);
  });
  afterAll(() => stand.stop());
  beforeEach(async () => {
    database = stand.open();
    await executeRawSql(database.db, "select 1");
  });
  afterEach(async () => {
    await executeRawSql(stand.direct.db, "delete from note");
    await stand.closeOpened();
    await expect.poll(() => stand.openTransactions()).toBe(0);
  });

  const stored = async () => (await executeRawSql(stand.direct.db, "select 1 from note")).length;
  /** Reads numbers from 1 to the count in batches of 100; `meanwhile` runs after the second batch. */
  const read = async (meanwhile: () => Promise<unknown> | void, seen: number[] = []) => {
    const rows = database.stream<{ n: number; body: string }>(
      "select n, repeat('x', 100) as body from generate_series(1, :count::int) n",
      { count: COUNT },
      { batchRows: 100 },
    );
    for await (const batch of rows) {
      seen.push(...batch.map(({ n }) => n));
      if (seen.length === 200) await meanwhile();
    }
  };
  const wellOrdered = (seen: number[]) => seen.every((n, at) => n === at + 1);
  async function* manyRows(meanwhile: () => Promise<unknown> | void = () => {}) {
    for (let id = 1; id <= COUNT; id++) {
      if (id === COUNT / 2) await meanwhile();
      yield [id, "x".repeat(100)];
    }
  }

  test("a stream reset while its reader works: told, and what was read is right", async () => {
    const seen: number[] = [];
    const error = await failureOf(read(() => stand.proxy.cut(), seen));
    expect(error).toMatchObject({ kind: "connection_lost", outcomeUnknown: false });
    expect(seen.length).toBeGreaterThanOrEqual(200);
    expect(seen.length).toBeLessThan(COUNT);
    expect(wellOrdered(seen)).toBe(true);
    await expectWorking(database);
  });

  test("a stream cut in the middle of a row", async () => {
    const seen: number[] = [];
    const work = read(() => {
      stand.proxy.limit = { bytes: 5_000, after: "reset" };
    }, seen);
    expect(await failureOf(work)).toMatchObject({ kind: "connection_lost", outcomeUnknown: false });
    expect(wellOrdered(seen)).toBe(true);
    stand.proxy.limit = undefined;
    await expectWorking(database);
  });

  test("a stream that falls silent ends at its deadline", async () => {
    database = stand.open({ statementTimeoutMs: 1_000 });
    await executeRawSql(database.db, "select 1");
    const work = read(() => stand.proxy.freeze());
    expect(await failureOf(work)).toMatchObject({
      kind: "statement_timeout",
      outcomeUnknown: false,
    });
    await expectWorking(database);
  });

  test("a stream whose backend is terminated", async () => {
    const work = read(() =>
      executeRawSql(
        stand.direct.db,
        "select pg_terminate_backend(pid) from pg_stat_activity where state like 'idle in transaction%'",
      ),
    );
    expect(await failureOf(work)).toMatchObject({ kind: "connection_lost", outcomeUnknown: false });
    await expectWorking(database);
  });

  test("COPY in, reset in its middle: nothing is stored", async () => {
    const work = copyIn(
      database.db,
      note,
      ["id", "body"],
      manyRows(() => stand.proxy.cut()),
    );
    expect((await failureOf(work)).kind).toBe("connection_lost");
    expect(await stored()).toBe(0);
    await expectWorking(database);
  });

  test("COPY in, reset before its last answer: in doubt, and all is stored", async () => {
    stand.proxy.onAnswer = (chunk) => {
      if (!chunk.includes("COPY ")) return true;
      stand.proxy.cut();
      return false;
    };
    const error = await failureOf(copyIn(database.db, note, ["id", "body"], manyRows()));
    stand.proxy.onAnswer = undefined;
    expect(error).toMatchObject({ kind: "connection_lost", outcomeUnknown: true });
    expect(await stored()).toBe(COUNT);
    await expectWorking(database);
  });

  test("COPY in, its rows failing in the middle: their error, and nothing is stored", async () => {
    const rows = manyRows(() => {
      throw new Error("no more rows");
    });
    await expect(copyIn(database.db, note, ["id", "body"], rows)).rejects.toThrow("no more rows");
    await expect.poll(stored).toBe(0);
    await expectWorking(database);
  });

  test("COPY in, into silence: ended when nothing moves", async () => {
    stand.proxy.freeze();
    const work = copyIn(database.db, note, ["id", "body"], manyRows(), { stallTimeoutMs: 150 });
    expect((await failureOf(work)).kind).toBe("statement_timeout");
    await expectWorking(database);
  });

  test("COPY out whose last words come late: what follows in its transaction gets its own answers", async () => {
    stand.proxy.drip = true;
    const id = stand.nextId();
    const rows = await database.db.transaction(async (tx) => {
      await copyOut(tx, "copy (select 1) to stdout", () => {});
      await executeRawSql(tx, "insert into note (id) values (:id)", { id });
      await copyOut(tx, "copy (select 2) to stdout", () => {});
      return executeRawSql(tx, "select 3 as three");
    });
    expect(rows).toEqual([{ three: 3 }]);
    expect(await stand.present(id)).toBe(true);
    expect(database.stats().replaced).toBe(0);
  });

  test("COPY out, reset in its middle", async () => {
    const big = "copy (select repeat('x', 1000) from generate_series(1, 20000)) to stdout";
    let pieces = 0;
    const work = copyOut(database.db, big, () => {
      if (++pieces === 2) stand.proxy.cut();
    });
    expect((await failureOf(work)).kind).toBe("connection_lost");
    await expectWorking(database);
  });

  test("COPY out, falling silent in its middle: ended when nothing moves", async () => {
    const big = "copy (select repeat('x', 1000) from generate_series(1, 20000)) to stdout";
    stand.proxy.limit = { bytes: 100_000, after: "silence" };
    const work = copyOut(database.db, big, () => {}, { stallTimeoutMs: 150 });
    expect((await failureOf(work)).kind).toBe("statement_timeout");
    stand.proxy.limit = undefined;
    await expectWorking(database);
  });
});
