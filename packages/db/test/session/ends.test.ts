import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { sql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { copyIn, createDatabase, type Database, executeRawSql, type Tx } from "../../src/index.ts";
import { failureOf } from "../faults/outcome.ts";

const note = pgTable("note", { id: integer("id").primaryKey(), body: text("body").notNull() });

let server: EmbeddedPostgres;
let database: Database;

const ids = async () =>
  (await database.db.select({ id: note.id }).from(note).orderBy(note.id)).map(({ id }) => id);
const write = (tx: Tx, id: number) => tx.insert(note).values({ id, body: "b" });

beforeAll(async () => {
  server = await startTemporaryPostgres({ settings: { max_prepared_transactions: "2" } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = createDatabase({ url: server.url, max: 2 });
  await database.db.execute(sql`drop table if exists note`);
  await database.db.execute(sql`create table note (id int primary key, body text not null)`);
});
afterEach(() => database.close());

describe("COMMIT and ROLLBACK in the text of a statement", () => {
  test.each(["commit", "rollback", "commit; select 1", "rollback; select no_such_column"])(
    "%s ends the transaction, and nothing after it runs by itself",
    async (text) => {
      const failure = await failureOf(
        database.db.transaction(async (tx) => {
          await write(tx, 1);
          expect((await failureOf(executeRawSql(tx, text))).kind).toBe("misuse");
          expect((await failureOf(write(tx, 2))).kind).toBe("misuse");
        }),
      );
      expect(failure.kind).toBe("misuse");
      expect(await ids()).toEqual(text.startsWith("commit") ? [1] : []);
    },
  );

  test("also in a savepoint, and also as the first statement", async () => {
    const failure = await failureOf(
      database.db.transaction(async (tx) => {
        const inner = tx.savepoint((one) => executeRawSql(one, "rollback"));
        expect((await failureOf(inner)).kind).toBe("misuse");
        await write(tx, 1).catch(() => {});
      }),
    );
    expect(failure.kind).toBe("misuse");
    expect(await ids()).toEqual([]);
    expect(database.stats()).toMatchObject({ lent: 0, replaced: 0 });
  });

  test.each([
    "commit and chain",
    "rollback and chain",
    "rollback; begin",
    "commit; begin; select 1/0",
  ])("%s cannot put another transaction in its place", async (text) => {
    const failure = await failureOf(
      database.db.transaction(async (tx) => {
        await write(tx, 1);
        expect((await failureOf(executeRawSql(tx, text))).kind).toBe("misuse");
        expect((await failureOf(write(tx, 2))).kind).toBe("misuse");
      }),
    );
    expect(failure.kind).toBe("misuse");
    expect(await ids()).toEqual(text.startsWith("commit") ? [1] : []);
    expect(database.stats().lent).toBe(0);
  });

  test("swallowed, it is told all the same, and work that commits by itself is none of the caller's", async () => {
    for (const text of ["rollback; begin", "prepare transaction 'kept'"]) {
      const work = database.db.transaction(async (tx) => {
        await write(tx, 3);
        await executeRawSql(tx, text).catch(() => {});
        await write(tx, 4).catch(() => {});
      });
      expect((await failureOf(work)).kind).toBe("misuse");
    }
    expect(await ids()).toEqual([]);
    await executeRawSql(database.db, "rollback prepared 'kept'");
  });

  test("savepoints written by hand are the caller's own business", async () => {
    await database.db.transaction(async (tx) => {
      await write(tx, 1);
      await executeRawSql(tx, "savepoint mine");
      await write(tx, 2);
      await executeRawSql(tx, "rollback to mine");
      await executeRawSql(tx, "do $$ begin perform 1; end $$");
    });
    expect(await ids()).toEqual([1]);
  });

  test("COPY runs neither after the end of its transaction nor before its beginning", async () => {
    const copy = (tx: Tx, id: number) => copyIn(tx, note, ["id", "body"], [[id, "copied"]]);
    const ended = database.db.transaction(async (tx) => {
      await write(tx, 1);
      await executeRawSql(tx, "rollback").catch(() => {});
      expect((await failureOf(copy(tx, 2))).kind).toBe("misuse");
    });
    expect((await failureOf(ended)).kind).toBe("misuse");
    const refused = database.db.transaction(
      async (tx) => {
        await write(tx, 3).catch(() => {});
        expect((await failureOf(copy(tx, 4))).kind).toBe("rolled_back");
      },
      { isolation: "no such level" as "serializable" },
    );
    expect((await failureOf(refused)).kind).toBe("rolled_back");
    expect(await ids()).toEqual([]);
  });

  test("of a script with one in it, a failure leaves in doubt what there is", async () => {
    const script = (text: string) => failureOf(executeRawSql(database.db, text));
    const insert = (id: number) => `insert into note values (${id}, '')`;
    expect(await script(`${insert(1)}; commit; select 1/0`)).toMatchObject({
      outcomeUnknown: true,
    });
    expect(await script(`${insert(2)}; select 1/0`)).toMatchObject({ outcomeUnknown: false });
    const late = executeRawSql(
      database.db,
      `${insert(3)}; commit; select pg_sleep(20)`,
      {},
      { timeoutMs: 1_000 },
    );
    expect(await failureOf(late)).toMatchObject({
      kind: "statement_timeout",
      outcomeUnknown: true,
    });
    expect(await ids()).toEqual([1, 3]);
  });

  test("rows of a script are those of its last statement", async () => {
    expect(await executeRawSql(database.db, "select 1 as a; select 2 as b")).toEqual([{ b: 2 }]);
  });
});

describe("what would stay on a connection that others share", () => {
  const lasting = [
    "set role pg_monitor",
    "SET search_path = app",
    "set session characteristics as transaction read only",
    "set time zone 'Asia/Tokyo'",
    "  -- why\n /* and how */ set timezone = 'UTC'",
    "select 1; set work_mem = '1MB'",
    "reset all",
    "discard all",
    "listen news",
    "unlisten *",
    "prepare one as select 1",
    "load 'auto_explain'",
    "create temp table own (a int)",
    "create temporary view own as select 1",
    "select pg_advisory_lock(1)",
    "select pg_try_advisory_lock_shared(1)",
    "select set_config('work_mem', '1MB', false)",
  ];
  const passing = [
    "set local timezone = 'UTC'",
    "set transaction read only",
    "set constraints all deferred",
    "create temp table own (a int) on commit drop",
    "select pg_advisory_xact_lock(1)",
    "select set_config('work_mem', '1MB', true)",
    "update note set body = 'listen'",
    "select 'x; set role nobody' as text, 'pg_advisory_lock(1)' as call",
    "do $$ begin perform 1; set local timezone = 'UTC'; end $$",
    "select 1 as set, 2 as reset",
  ];

  test.each(lasting)("%s is refused everywhere but in a session of one's own", async (text) => {
    const refused = { kind: "unsupported", outcomeUnknown: false };
    expect(await failureOf(executeRawSql(database.db, text))).toMatchObject(refused);
    await database.withSession(async (session) => {
      expect(await failureOf(executeRawSql(session, text))).toMatchObject(refused);
    });
    await database.db.transaction(async (tx) => {
      expect(await failureOf(executeRawSql(tx, text))).toMatchObject(refused);
    });
    await using own = await database.session();
    if (!text.startsWith("load")) await executeRawSql(own, text);
  });

  test.each(passing)("%s passes", async (text) => {
    await database.db.transaction(async (tx) => {
      await write(tx, 1);
      expect(await executeRawSql(tx, text)).toBeInstanceOf(Array);
    });
  });
});
