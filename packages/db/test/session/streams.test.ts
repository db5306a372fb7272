import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { type PgBouncer, preparePgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { sql } from "drizzle-orm";
import { integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  copyIn,
  copyOut,
  createDatabase,
  type Database,
  executeRawSql,
  executeRawSqlOne,
} from "../../src/index.ts";
import { failureOf } from "../faults/outcome.ts";

const line = pgTable("line", {
  id: integer("id").primaryKey(),
  body: text("body"),
  tags: text("tags").array(),
  detail: jsonb("detail"),
  at: timestamp("at", { withTimezone: true }),
});

let server: EmbeddedPostgres;
let database: Database;

const quiet = () => expect.poll(() => database.stats()).toMatchObject({ lent: 0, waiting: 0 });
const openTransactions = () =>
  executeRawSql(
    database.db,
    "select pid from pg_stat_activity where state like 'idle in transaction%'",
  );
const NUMBERS = "select n, 'row ' || n as body from generate_series(1, :last::int) n";

beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`,
    max: 3,
  });
  await database.db.execute(
    sql`create table line (id int primary key check (id > 0), body text, tags text[], detail jsonb, at timestamptz)`,
  );
});
afterAll(async () => {
  await database.close();
  await server.stop();
});
beforeEach(() => database.db.execute(sql`truncate line`));

describe("streamed rows", () => {
  test.each([
    [0, 0],
    [999, 1],
    [1_000, 1],
    [1_001, 2],
    [10_500, 11],
  ])("%i rows come in %i batches, each once and in order", async (last, batches) => {
    let next = 1;
    let count = 0;
    for await (const rows of database.stream<{ n: number; body: string }>(NUMBERS, { last })) {
      count++;
      for (const row of rows) expect(row).toEqual({ n: next, body: `row ${next++}` });
    }
    expect(next - 1).toBe(last);
    expect(count).toBe(batches);
    await quiet();
  });

  test("a reader that breaks off, throws or gives up holds nothing", async () => {
    for await (const rows of database.stream(NUMBERS, { last: 5_000 })) {
      expect(rows).toHaveLength(1_000);
      break;
    }
    await quiet();
    const throwing = async () => {
      for await (const _rows of database.stream(NUMBERS, { last: 5_000 })) throw new Error("mine");
    };
    await expect(throwing()).rejects.toThrow("mine");
    await quiet();
    const stop = new AbortController();
    const stopping = async () => {
      for await (const _rows of database.stream(
        "select pg_sleep(n) from generate_series(0, 30) n",
        {},
        { batchRows: 1, signal: stop.signal },
      ))
        stop.abort();
    };
    expect((await failureOf(stopping())).kind).toBe("aborted");
    await quiet();
    await expect.poll(openTransactions).toEqual([]);
  });

  test("a reader that falls silent loses its connection, and is told when it comes back", async () => {
    const reader = database.stream(NUMBERS, { last: 5_000 }, { readerTimeoutMs: 20 });
    await reader.next();
    await quiet();
    expect((await failureOf(reader.next())).kind).toBe("closed");
    await expect.poll(openTransactions).toEqual([]);
  });

  test("one that was never read took nothing; a wrong statement is told", async () => {
    database.stream(NUMBERS, { last: 1 });
    await quiet();
    expect((await failureOf(database.stream("selec").next())).kind).toBe("syntax");
    expect((await failureOf(database.stream("select :a", {}).next())).kind).toBe("misuse");
    await quiet();
  });

  test.each([0, 1.5, -1, Number.NaN, 1_000_001])("batches of %d rows are refused", async (rows) => {
    const reading = database.stream("select 1", {}, { batchRows: rows }).next();
    expect((await failureOf(reading)).kind).toBe("misuse");
  });

  test("batches of one row, and of a million", async () => {
    for (const batchRows of [1, 1_000_000]) {
      let count = 0;
      for await (const rows of database.stream(NUMBERS, { last: 3 }, { batchRows })) {
        count += rows.length;
      }
      expect(count).toBe(3);
    }
  });

  test("it cannot write", async () => {
    const write = database.stream(
      "with w as (insert into line (id) values (1) returning 1) select 1",
    );
    expect((await failureOf(write.next())).kind).toMatch(/syntax|read_only/);
  });
});

describe("COPY", () => {
  const rowOf = (id: number) => [
    id,
    `tab\t, line\nbreak, \\ backslash \\N, "quote", é 🐘 ${id}`,
    ["a,b", null, 'q"', "\\"],
    { deep: [id, null, "t\ta"] },
    new Date(id * 1_000),
  ];
  const COLUMNS = ["id", "body", "tags", "detail", "at"] as const;

  test("20,000 rows with every awkward character come in and read back the same", async () => {
    async function* rows() {
      for (let id = 1; id <= 20_000; id++) yield rowOf(id);
    }
    const { replaced } = database.stats();
    expect(await copyIn(database.db, line, COLUMNS, rows())).toBe(20_000);
    expect(await database.db.$count(line)).toBe(20_000);
    const [stored] = await database.db
      .select()
      .from(line)
      .where(sql`id = 12345`);
    expect([stored!.id, stored!.body, stored!.tags, stored!.detail, stored!.at]).toEqual(
      rowOf(12_345),
    );
    await quiet();
    expect(database.stats().replaced).toBe(replaced);
  });

  test("others of the process have their turn while rows go out, however fast the server takes them", async () => {
    const body = "x".repeat(700);
    let turns = 0;
    let over = false;
    const turn = () => {
      if (!over) setImmediate(turn);
      turns++;
    };
    const seen = new Set<number>();
    function* rows() {
      for (let id = 1; id <= 10_000; id++) {
        seen.add(turns);
        yield [id, body];
      }
    }
    setImmediate(turn);
    await copyIn(database.db, line, ["id", "body"], rows());
    over = true;
    // Seven megabytes, of which a hundred pieces are made.
    expect(seen.size).toBeGreaterThan(90);
  });

  test("null is null, and the four-letter text NULL is text", async () => {
    await copyIn(
      database.db,
      line,
      ["id", "body"],
      [
        [1, null],
        [2, "NULL"],
        [3, ""],
        [4, "\\N"],
      ],
    );
    const rows = await database.db.select({ body: line.body }).from(line).orderBy(line.id);
    expect(rows.map(({ body }) => body)).toEqual([null, "NULL", "", "\\N"]);
  });

  test("no row at all is no fault", async () => {
    expect(await copyIn(database.db, line, ["id"], [])).toBe(0);
    await quiet();
  });

  test.each([
    ["a duplicate found at the end", [[1], [2], [1]], "constraint"],
    ["a value that breaks a check", [[1], [-1]], "constraint"],
    ["a value of the wrong type", [[1], ["many"]], "syntax"],
    ["a row of the wrong length", [[1], [2, 3]], "misuse"],
    ["a value that cannot be sent", [[1], [undefined]], "misuse"],
  ])("%s: nothing is stored, the kind is told, the pool goes on", async (_name, rows, kind) => {
    expect((await failureOf(copyIn(database.db, line, ["id"], rows))).kind).toBe(kind);
    expect(await database.db.$count(line)).toBe(0);
    await quiet();
  });

  test("a source that fails or falls silent stores nothing and keeps nothing", async () => {
    async function* failing() {
      for (let id = 1; id < 50_000; id++) yield [id];
      throw new Error("the source broke");
    }
    await expect(copyIn(database.db, line, ["id"], failing())).rejects.toThrow("the source broke");
    async function* silent() {
      yield [1];
      await new Promise(() => {});
    }
    const stalled = copyIn(database.db, line, ["id"], silent(), { stallTimeoutMs: 20 });
    expect((await failureOf(stalled)).kind).toBe("statement_timeout");
    const stop = new AbortController();
    const stopped = copyIn(database.db, line, ["id"], silent(), { signal: stop.signal });
    setImmediate(() => stop.abort());
    expect((await failureOf(stopped)).kind).toBe("aborted");
    await quiet();
    expect(await database.db.$count(line)).toBe(0);
    await expect.poll(openTransactions).toEqual([]);
  });

  test("inside a transaction it commits and rolls back with the rest", async () => {
    await database.db.transaction(async (tx) => {
      await copyIn(tx, line, ["id"], [[1], [2]]);
      await tx.insert(line).values({ id: 3 });
    });
    expect(await database.db.$count(line)).toBe(3);
    const undone = database.db.transaction(async (tx) => {
      await copyIn(tx, line, ["id"], [[4]]);
      throw new Error("changed my mind");
    });
    await expect(undone).rejects.toThrow("changed my mind");
    const failed = database.db.transaction(async (tx) => {
      await tx.insert(line).values({ id: 5 });
      await copyIn(tx, line, ["id"], [[5]]).catch(() => {});
    });
    expect((await failureOf(failed)).outcomeUnknown).toBe(false);
    expect(await database.db.$count(line)).toBe(3);
  });

  test.each(["select 1", "set role nobody", "copy line to stdout; commit", "/* copy */ commit"])(
    "out: %s is refused before it is sent",
    async (text) => {
      const before = await executeRawSqlOne(database.db, "select pg_backend_pid() as pid");
      expect((await failureOf(copyOut(database.db, text, () => {}))).kind).toBe("misuse");
      expect(await executeRawSqlOne(database.db, "select pg_backend_pid() as pid")).toEqual(before);
    },
  );

  test("out: the bytes as the server sends them, however many", async () => {
    const pieces: Buffer[] = [];
    const bytes = await copyOut(
      database.db,
      "copy (select n, repeat('x', 100) from generate_series(1, 20000) n) to stdout with (format csv)",
      (piece) => pieces.push(piece),
    );
    const text = Buffer.concat(pieces).toString();
    expect(text.length).toBe(bytes);
    expect(text.trimEnd().split("\n")).toHaveLength(20_000);
    expect(text.startsWith(`1,${"x".repeat(100)}\n2,`)).toBe(true);
    await quiet();
  });

  test("out: behind a slow taker the connection goes on", async () => {
    const some = "copy (select repeat('x', 100) from generate_series(1, 5000)) to stdout";
    const slowly = () => new Promise(setImmediate);
    await database.db.transaction(async (tx) => {
      for (let round = 0; round < 3; round++) {
        expect(await copyOut(tx, some, slowly, { stallTimeoutMs: 5_000 })).toBe(505_000);
      }
    });
  });

  test("out: an error that comes with the first bytes is told, and harms nobody", async () => {
    for (let round = 0; round < 20; round++) {
      const failing = copyOut(
        database.db,
        "copy (select 1 / (n - 2) from generate_series(1, 2) n) to stdout",
        () => {},
      );
      expect((await failureOf(failing)).sqlstate).toBe("22012");
    }
    expect((await failureOf(copyOut(database.db, "select 1", () => {}))).kind).toBe("misuse");
    await quiet();
  });

  test("out: a taker that never comes back is left at the deadline, or when the caller gives up", async () => {
    const never = () => new Promise(() => {});
    const some = "copy (select 1) to stdout";
    const stalled = copyOut(database.db, some, never, { stallTimeoutMs: 20 });
    expect((await failureOf(stalled)).kind).toBe("statement_timeout");
    const stop = new AbortController();
    const taking = () => {
      setImmediate(() => stop.abort());
      return never();
    };
    const stopped = copyOut(database.db, some, taking, { signal: stop.signal });
    expect((await failureOf(stopped)).kind).toBe("aborted");
    const late = Promise.withResolvers<void>();
    const failingLate = copyOut(database.db, some, () => late.promise, { stallTimeoutMs: 20 });
    expect((await failureOf(failingLate)).kind).toBe("statement_timeout");
    late.reject(new Error("too late for anybody"));
    await quiet();
    expect(await executeRawSqlOne(database.db, "select 1 as one")).toEqual({ one: 1 });
  });

  test("in: a source that is closed in vain does not keep its slot either", async () => {
    const rows = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<unknown[]>>(() => {}),
        return: () => new Promise<IteratorResult<unknown[]>>(() => {}),
      }),
    };
    const stalled = copyIn(database.db, line, ["id"], rows, { stallTimeoutMs: 20 });
    expect((await failureOf(stalled)).kind).toBe("statement_timeout");
    await quiet();
  });

  test("out: a taker that throws ends it; an error in the middle is told", async () => {
    const endless = "copy (select repeat('x', 1000) from generate_series(1, 10000000)) to stdout";
    const throwing = copyOut(database.db, endless, () => {
      throw new Error("disk full");
    });
    await expect(throwing).rejects.toThrow("disk full");
    const failing = copyOut(
      database.db,
      "copy (select 1 / (n - 5000) from generate_series(1, 10000) n) to stdout",
      () => {},
    );
    expect((await failureOf(failing)).sqlstate).toBe("22012");
    expect(
      (await failureOf(copyOut(database.db, "copy nothing_here to stdout", () => {}))).kind,
    ).toBe("syntax");
    await quiet();
    expect(await executeRawSqlOne(database.db, "select 1 as one")).toEqual({ one: 1 });
  });
});

describe("a connection of one's own", () => {
  test("hears notifications until it stops listening, keeps locks, and leaves nothing behind", async () => {
    const session = await database.session();
    const heard: string[] = [];
    const stop = await session.listen("News & more", (payload) => heard.push(payload));
    const shout = (text: string) =>
      executeRawSql(database.db, "select pg_notify('News & more', :text)", { text });
    await shout("one");
    await expect.poll(() => heard).toEqual(["one"]);
    await stop();
    await shout("two");
    expect(await executeRawSqlOne(session, "select pg_try_advisory_lock(7) as got")).toEqual({
      got: true,
    });
    expect(
      await executeRawSqlOne(database.db, "select pg_try_advisory_xact_lock(7) as got"),
    ).toEqual({
      got: false,
    });
    await executeRawSql(session, "create temp table own (a int)");
    await session.transaction((tx) => executeRawSql(tx, "insert into own values (1)"));
    expect(heard).toEqual(["one"]);
    await session.release();
    expect(session.ended.aborted).toBe(true);
    await expect
      .poll(() => executeRawSql(database.db, "select 1 from pg_locks where locktype = 'advisory'"))
      .toEqual([]);
    await quiet();
  });

  test("a LISTEN that was refused is refused again, and leaves others alone", async () => {
    await using session = await database.session();
    const heard: string[] = [];
    expect((await failureOf(session.listen("", () => {}))).kind).toBe("syntax");
    expect((await failureOf(session.listen("", () => {}))).kind).toBe("syntax");
    await session.listen("news", (payload) => heard.push(payload));
    await executeRawSql(database.db, "select pg_notify('news', 'one')");
    await expect.poll(() => heard).toEqual(["one"]);
  });

  test("each hearer stops for itself, once, also when the same one listens twice", async () => {
    await using session = await database.session();
    const heard: string[] = [];
    const hear = (payload: string) => void heard.push(payload);
    const [first, second] = await Promise.all([
      session.listen("news", hear),
      session.listen("news", hear),
    ]);
    const tell = (payload: string) =>
      executeRawSql(database.db, "select pg_notify('news', :payload)", { payload });
    await tell("to both");
    await expect.poll(() => heard).toEqual(["to both", "to both"]);
    await first();
    await first();
    await tell("to one");
    await expect.poll(() => heard.slice(2)).toEqual(["to one"]);
    await second();
    await tell("to none");
    const again = session.listen("news", hear);
    await again;
    await tell("to the new one");
    await expect.poll(() => heard.slice(3)).toEqual(["to the new one"]);
  });

  test("once released it says so, and what ran in it was waited for", async () => {
    const session = await database.session();
    const running = executeRawSql(session, "select pg_sleep(0.1)::text as slept");
    await session.release();
    await session.release();
    expect(await running).toEqual([{ slept: "" }]);
    expect((await failureOf(executeRawSql(session, "select 1"))).kind).toBe("closed");
    expect(database.stats().lent).toBe(0);
  });

  test("tells when its connection ends", async () => {
    await using session = await database.session();
    const { pid } = (await executeRawSqlOne<{ pid: number }>(
      session,
      "select pg_backend_pid() as pid",
    ))!;
    const ended = new Promise((resolve) => {
      session.ended.addEventListener("abort", resolve);
    });
    await executeRawSql(database.db, "select pg_terminate_backend(:pid::int)", { pid });
    await ended;
    expect((await failureOf(executeRawSql(session, "select 1"))).kind).toBe("connection_lost");
  });
});

describe("health", () => {
  test("knows version, replica and read-only state, and that nothing sits in between", async () => {
    const { pooled, direct, pooler } = await database.health();
    expect(pooled).toMatchObject({ ok: true, replica: false, readOnly: false });
    expect(pooled.serverVersion).toMatch(/^\d+\.\d+/);
    expect(direct).toMatchObject({ ok: true, serverVersion: pooled.serverVersion });
    expect(pooler).toEqual({ kind: "none" });
  });

  test("tells a server that refuses writes", async () => {
    const readOnly = createDatabase({
      url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres?options=-c%20default_transaction_read_only%3Don`,
    });
    expect((await readOnly.health()).pooled).toMatchObject({ ok: true, readOnly: true });
    await readOnly.close();
  });
});

describe.runIf(await preparePgBouncer())("behind PgBouncer", () => {
  let bouncer: PgBouncer;
  let pooled: Database;

  beforeAll(async () => {
    bouncer = await startPgBouncer({
      target: { host: server.host, port: server.port, user: server.user },
      poolSize: 2,
    });
    pooled = createDatabase({ url: bouncer.url("postgres"), mode: "transaction", max: 4 });
  });
  afterAll(async () => {
    await pooled.close();
    await bouncer.stop();
  });

  test("streams and COPY work as without it", async () => {
    let count = 0;
    for await (const rows of pooled.stream(NUMBERS, { last: 2_500 })) count += rows.length;
    expect(count).toBe(2_500);
    const rows = Array.from({ length: 500 }, (_, at) => [at + 1]);
    expect(await copyIn(pooled.db, line, ["id"], rows)).toBe(500);
    expect((await failureOf(copyIn(pooled.db, line, ["id"], rows))).kind).toBe("constraint");
    let bytes = 0;
    await copyOut(pooled.db, "copy line (id) to stdout", (piece) => (bytes += piece.length));
    expect(bytes).toBe(1_892);
    await expect.poll(openTransactions).toEqual([]);
  });

  test("savepoints and a BEGIN that rides along stay on one server", async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        pooled.db.transaction(async (tx) => {
          await tx.insert(line).values({ id: 1_000 + at * 2 });
          await tx.savepoint((inner) => inner.insert(line).values({ id: 1_001 + at * 2 }));
        }),
      ),
    );
    expect(await pooled.db.$count(line)).toBe(80);
  });

  test("a connection of one's own is refused, chosen or found out", async () => {
    expect((await failureOf(pooled.session())).kind).toBe("unsupported");
    const unaware = createDatabase({ url: bouncer.url("postgres") });
    expect((await failureOf(unaware.session())).kind).toBe("unsupported");
    expect(unaware.stats().lent).toBe(0);
    await unaware.close();
  });

  test("health names the pooler", async () => {
    const { pooled: health, pooler } = await pooled.health();
    expect(health).toMatchObject({ ok: true });
    expect(pooler.kind).toBe("pgbouncer");
  });

  test("settings at login are kept back, and that is told", async () => {
    const url = `${bouncer.url("postgres")}?search_path=app`;
    const other = createDatabase({ url, mode: "transaction" });
    expect(other.describe().notes.join()).toContain("search_path not sent");
    expect(await executeRawSql(other.db, "select 1 as one")).toEqual([{ one: 1 }]);
    await other.close();
  });
});
