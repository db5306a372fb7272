import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { sql } from "drizzle-orm";
import { integer, jsonb, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  createDatabase,
  type Database,
  DatabaseError,
  type DatabaseErrorKind,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
  type Tx,
} from "../../src/index.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

let server: EmbeddedPostgres;
let proxy: FaultProxy;
let database: Database;

const account = pgTable("account", {
  id: integer("id").primaryKey(),
  balance: integer("balance").notNull(),
  note: text("note"),
  tags: text("tags").array(),
  detail: jsonb("detail"),
  exact: numeric("exact"),
  at: timestamp("at", { withTimezone: true }),
});

const urlOf = (port: number) => `postgresql://${server.user}@127.0.0.1:${port}/postgres`;
const open = (overrides: Partial<Parameters<typeof createDatabase>[0]> = {}) =>
  createDatabase({ url: urlOf(proxy.port), max: 4, statementTimeoutMs: 100_000, ...overrides });

/** Kind of the DatabaseError a promise must reject with. */
async function kindOf(work: Promise<unknown>): Promise<DatabaseErrorKind> {
  const error: unknown = await work.then(
    () => new Error("it resolved"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DatabaseError)) throw error;
  return error.kind;
}

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());

beforeEach(async () => {
  proxy = await startFaultProxy(server.port);
  database = open();
  await database.db.execute(sql`drop table if exists account`);
  await database.db.execute(
    sql`create table account (id int primary key, balance int not null check (balance >= 0), note text, tags text[], detail jsonb, exact numeric, at timestamptz)`,
  );
});
afterEach(async () => {
  await database.close({ drainMs: 500 });
  await proxy.close();
});

describe("statements", () => {
  test("raw SQL takes names and gives plain objects, for SELECT, INSERT, UPDATE and DELETE", async () => {
    const { db } = database;
    const inserted = await executeRawSql(
      db,
      "insert into account (id, balance, tags, detail, at) values (:id, :balance, :tags, :detail, :at) returning *",
      {
        id: 1,
        balance: 5,
        tags: ["a,b", null, 'q"'],
        detail: { deep: [1, "two"] },
        at: new Date(0),
      },
    );
    expect(inserted).toEqual([
      {
        id: 1,
        balance: 5,
        note: null,
        tags: ["a,b", null, 'q"'],
        detail: { deep: [1, "two"] },
        exact: null,
        at: "1970-01-01 00:00:00+00",
      },
    ]);
    await executeRawSql(db, "update account set note = :note where id = any(:ids::int[])", {
      note: "hé",
      ids: [1, 2],
    });
    expect(
      await executeRawSqlOne(db, "select note, 1::bigint as big from account where id = :id", {
        id: 1,
      }),
    ).toEqual({
      note: "hé",
      big: "1",
    });
    await executeRawSql(db, "delete from account");
    expect(
      await executeRawSqlOne(db, "select note from account where id = :id", { id: 1 }),
    ).toBeUndefined();
  });

  test("two rows where one was promised are an error", async () => {
    expect(await kindOf(executeRawSqlOne(database.db, "select generate_series(1, 2)"))).toBe(
      "misuse",
    );
  });

  test("Drizzle maps every column type both ways", async () => {
    const row = {
      id: 7,
      balance: 1,
      note: "it's",
      tags: ["x", "y z"],
      detail: ["array", { of: "json" }] as unknown,
      exact: "1.50",
      at: new Date("2026-11-21T10:00:00.000Z"),
    };
    await database.db.insert(account).values(row);
    expect(await database.db.select().from(account)).toEqual([row]);
    for (const detail of ["123", "true", '{"a":1}', 12, false]) {
      await database.db.update(account).set({ detail });
      expect(await database.db.select({ detail: account.detail }).from(account)).toEqual([
        { detail },
      ]);
    }
    expect(await database.db.$count(account)).toBe(1);
  });

  test("a library's script and its dates", async () => {
    const { rows } = await executeForLibrary(
      database.db,
      "begin; create temp table t (a int) on commit drop; insert into t values (1); select * from t; commit; select now() as at",
    );
    expect(rows).toEqual([{ a: 1 }, { at: expect.any(Date) as Date }]);
  });

  test("an error keeps SQL and values out of its message, and names the constraint", async () => {
    await database.db.insert(account).values({ id: 1, balance: 1 });
    const error: unknown = await database.db
      .insert(account)
      .values({ id: 1, balance: 424_242 })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      kind: "constraint",
      sqlstate: "23505",
      constraint: "account_pkey",
    });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/insert|424242|Key \(|\$1/);
  });

  test.each([
    ["selec", "syntax"],
    ["select 1/0", "syntax"],
    ["insert into account values (1, -1)", "constraint"],
    ["select no_such_column from account", "syntax"],
  ])("%s is %s, and the connection stays usable", async (text, kind) => {
    expect(await kindOf(executeRawSql(database.db, text))).toBe(kind);
    expect(await executeRawSql(database.db, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(database.stats().replaced).toBe(0);
  });
});

describe("statements of other kinds", () => {
  test("COPY is refused at once, and the connection stays usable", async () => {
    for (const text of ["copy account from stdin", "copy account to stdout"]) {
      expect(await kindOf(executeRawSql(database.db, text))).toBe("misuse");
      expect(await kindOf(database.db.execute(sql.raw(text)))).toBe("misuse");
    }
    await database.db
      .transaction(async (tx) => {
        await executeRawSql(tx, "select :one", { one: "1" });
        expect(await kindOf(executeRawSql(tx, "copy account from stdin"))).toBe("misuse");
      })
      .catch(() => {});
    expect(await executeRawSql(database.db, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(database.stats().replaced).toBe(0);
  });

  test("a notice in the middle of an answer changes nothing", async () => {
    await executeRawSql(
      database.db,
      `create or replace function chatty(n int) returns int language plpgsql as
       $$ begin raise notice 'said %', n; return n; end $$`,
    );
    expect(
      await executeRawSql(
        database.db,
        "select chatty(n) as n, set_config('application_name', 'changed', true) as name from generate_series(1, :upTo) n",
        { upTo: 3 },
      ),
    ).toEqual([1, 2, 3].map((n) => ({ n, name: "changed" })));
    expect(await executeRawSql(database.db, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

describe("flights", () => {
  test("one client write per statement, two per transaction with one write, none for an empty one", async () => {
    await executeRawSql(database.db, "select 1");
    const count = async (work: () => Promise<unknown>) => {
      proxy.flights = 0;
      await work();
      return proxy.flights;
    };
    expect(await count(() => executeRawSql(database.db, "select 1"))).toBe(1);
    expect(await count(() => executeRawSql(database.db, "select :a::int", { a: 1 }))).toBe(1);
    expect(
      await count(() =>
        database.db
          .select()
          .from(account)
          .where(sql`id = ${1}`),
      ),
    ).toBe(1);
    expect(
      await count(() =>
        database.db.transaction((tx) => tx.insert(account).values({ id: 1, balance: 1 }), {
          isolation: "serializable",
          statementTimeoutMs: 1_000,
        }),
      ),
    ).toBe(2);
    expect(await count(() => database.db.transaction(async () => "nothing to do"))).toBe(0);
  });
});

describe("transactions", () => {
  const ids = async () =>
    (await database.db.select({ id: account.id }).from(account)).map((row) => row.id);

  test("commits when the work resolves, rolls back when it throws", async () => {
    const { db } = database;
    expect(
      await db.transaction(
        async (tx) => (await tx.insert(account).values({ id: 1, balance: 1 }), "done"),
      ),
    ).toBe("done");
    await expect(
      db.transaction(async (tx) => {
        await tx.insert(account).values({ id: 2, balance: 1 });
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await ids()).toEqual([1]);
  });

  test("a swallowed statement error cannot turn a rollback into a success", async () => {
    const work = database.db.transaction(async (tx) => {
      await tx.insert(account).values({ id: 1, balance: 1 });
      await tx
        .insert(account)
        .values({ id: 1, balance: 1 })
        .catch(() => {});
    });
    expect(await kindOf(work)).toBe("rolled_back");
    expect(await ids()).toEqual([]);
  });

  test("a forgotten await fails the transaction instead of running outside it", async () => {
    const work = database.db.transaction(async (tx) => {
      void tx.insert(account).values({ id: 1, balance: 1 }).execute();
    });
    expect(await kindOf(work)).toBe("misuse");
    expect(await ids()).toEqual([]);
  });

  test("the handle refuses everything once its transaction is over", async () => {
    let kept: Tx | undefined;
    await database.db.transaction(async (tx) => {
      kept = tx;
    });
    expect(await kindOf(executeRawSql(kept!, "select 1"))).toBe("closed");
  });

  test("statements asked for at once run one after another", async () => {
    const sums = await database.db.transaction((tx) =>
      Promise.all(
        Array.from({ length: 20 }, (_, id) =>
          executeRawSqlOne<{ n: string }>(
            tx,
            "with added as (insert into account (id, balance) values (:id, 1) returning 1) select count(*) as n from account",
            { id },
          ),
        ),
      ),
    );
    expect(sums.map((row) => Number(row?.n))).toEqual(Array.from({ length: 20 }, (_, id) => id));
  });

  test("isolation, read only and the server's own timeout reach the server", async () => {
    const shown = await database.db.transaction(
      async (tx) => {
        const isolation = await executeRawSqlOne(tx, "show transaction_isolation");
        const timeout = await executeRawSqlOne(tx, "show statement_timeout");
        return { ...isolation, ...timeout };
      },
      { isolation: "repeatable read", readOnly: true, statementTimeoutMs: 1_234 },
    );
    expect(shown).toEqual({
      transaction_isolation: "repeatable read",
      statement_timeout: "1234ms",
    });
    const write = database.db.transaction(
      (tx) => tx.insert(account).values({ id: 1, balance: 1 }),
      { readOnly: true },
    );
    expect(await kindOf(write)).toBe("read_only");
    expect(await executeRawSqlOne(database.db, "show statement_timeout")).toEqual({
      statement_timeout: "0",
    });
  });

  test("a session holds one connection for its statements and transactions", async () => {
    const pids = await database.withSession(async (session) => {
      const first = await executeRawSqlOne(session, "select pg_backend_pid() as pid");
      const inside = await session.transaction((tx) =>
        executeRawSqlOne(tx, "select pg_backend_pid() as pid"),
      );
      const last = await executeRawSqlOne(session, "select pg_backend_pid() as pid");
      return new Set([first?.pid, inside?.pid, last?.pid]);
    });
    expect(pids.size).toBe(1);
    expect(database.stats()).toMatchObject({ open: 1, idle: 1 });
  });
});

describe("waiting and giving up", () => {
  test("a thousand callers on four connections each get their own rows", async () => {
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, id) =>
        executeRawSqlOne<{ id: number }>(database.db, "select :id::int as id, pg_sleep(0)", { id }),
      ),
    );
    expect(answers.map((row) => row?.id)).toEqual(Array.from({ length: 1_000 }, (_, id) => id));
    expect(database.stats()).toMatchObject({ open: 4, waiting: 0 });
  });

  test("acquire timeout, full queue and abort while waiting; nothing is left behind", async () => {
    const small = open({ max: 1, acquireTimeoutMs: 300, queueMax: 2 });
    // To connect may take longer than that.
    const connected = () =>
      small.connect().then(
        () => true,
        () => false,
      );
    await expect.poll(connected).toBe(true);
    const released = Promise.withResolvers<void>();
    const holding = small.withSession(() => released.promise);
    const aborted = new AbortController();
    const waiting = [
      kindOf(executeRawSql(small.db, "select 1")),
      kindOf(executeRawSql(small.db, "select 1", {}, { signal: aborted.signal })),
    ];
    expect(await kindOf(executeRawSql(small.db, "select 1"))).toBe("overloaded");
    aborted.abort();
    expect(await Promise.all(waiting)).toEqual(["acquire_timeout", "aborted"]);
    released.resolve();
    await holding;
    expect(small.stats()).toMatchObject({ idle: 1, waiting: 0 });
    await small.close();
  });

  test("a statement past its deadline is cancelled on the server and its connection stays", async () => {
    await executeRawSql(database.db, "select 1");
    const cancelled = async () => {
      const before = database.stats().replaced;
      const late = await kindOf(
        executeRawSql(database.db, "select pg_sleep(20)", {}, { timeoutMs: 100 }),
      );
      const stop = new AbortController();
      const running = kindOf(
        executeRawSql(database.db, "select pg_sleep(20)", {}, { signal: stop.signal }),
      );
      stop.abort();
      return { late, left: await running, replaced: database.stats().replaced - before };
    };
    // On a busy machine the server's word may come too late to save the connection.
    await expect
      .poll(cancelled)
      .toEqual({ late: "statement_timeout", left: "aborted", replaced: 0 });
    const active = () =>
      executeRawSql(
        database.db,
        "select 1 from pg_stat_activity where datname = current_database() and query like 'select pg_sleep(20)%' and state = 'active'",
      );
    await expect.poll(active).toEqual([]);
    expect(database.stats()).toMatchObject({ open: 1, idle: 1 });
  });

  test("a closed database admits nobody and leaves no connection", async () => {
    const other = open({ applicationName: "closing-time" });
    const running = executeRawSql(other.db, "select pg_sleep(0.2), 1 as one");
    await expect.poll(() => other.stats().open).toBe(1);
    const closing = other.close({ drainMs: 100_000 });
    expect(await kindOf(executeRawSql(other.db, "select 1"))).toBe("closed");
    expect(await running).toHaveLength(1);
    await closing;
    await expect
      .poll(() =>
        executeRawSql(
          database.db,
          "select 1 from pg_stat_activity where application_name = 'closing-time'",
        ),
      )
      .toEqual([]);
  });
});

describe("age", () => {
  const pidOf = async (of: Database) =>
    (await executeRawSqlOne<{ pid: number }>(of.db, "select pg_backend_pid() as pid"))?.pid;

  test("a connection that has lived its time is replaced when it comes back, a young one is kept", async () => {
    const old = open({ lifetimeMs: 1 });
    const first = await pidOf(old);
    await expect.poll(() => pidOf(old)).not.toBe(first);
    await old.close();
    expect(await pidOf(database)).toBe(await pidOf(database));
  });

  test("a connection nobody uses is closed", async () => {
    const quiet = open({ idleTimeoutMs: 20 });
    await pidOf(quiet);
    await expect.poll(() => quiet.stats().open).toBe(0);
    expect(await pidOf(quiet)).toBeGreaterThan(0);
    await quiet.close();
  });

  test("a connection that fell silent while idle is found out before a caller gets it", async () => {
    const careful = open({ validateAfterMs: 0 });
    const first = await pidOf(careful);
    proxy.freeze();
    expect(await pidOf(careful)).not.toBe(first);
    expect(careful.stats().replaced).toBe(1);
    await careful.close();
  });
});

describe("health", () => {
  test("health tells pooled and direct apart and never throws", async () => {
    const mixed = open({ migrationUrl: urlOf(1) });
    expect(await mixed.health()).toMatchObject({
      pooled: { ok: true, reason: undefined },
      direct: { ok: false, reason: "connect_failed" },
    });
    await mixed.close();
  });

  test("a way that hangs holds up neither the other one nor the answer", async () => {
    const pooled = open({ migrationUrl: urlOf(server.port) });
    const direct = open({ url: urlOf(server.port), migrationUrl: urlOf(proxy.port) });
    await pooled.connect();
    proxy.blackHole = true;
    const [one, other] = await Promise.all([pooled.health(), direct.health()]);
    expect(one).toMatchObject({
      pooled: { ok: false, reason: "statement_timeout" },
      direct: { ok: true },
      pooler: { kind: "unknown" },
    });
    expect(other).toMatchObject({
      pooled: { ok: true },
      direct: { ok: false },
      pooler: { kind: "none" },
    });
    proxy.cut();
    await Promise.all([pooled.close({ drainMs: 0 }), direct.close()]);
  });
});
