import { startTemporaryPostgres, type EmbeddedPostgres } from "@scrapersky/embedded";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guarded, SERVER_CHECKS } from "../../src/findings/checks.ts";
import { plainText, procedureOf, TEXT_LENGTH_MAX } from "../../src/findings/plain-text.ts";
import { findSizes, TABLES_SHOWN_MAX } from "../../src/findings/sizes.ts";
import { findSlowStatements, SLOW_SHOWN_MAX } from "../../src/findings/slow-statements.ts";
import { describeMigrations } from "../../src/findings/tables.ts";
import {
  findOpenTransactions,
  IDLE_SECONDS_MAX,
  judgeAges,
  judgeIdle,
  type OpenTransaction,
  TRANSACTION_SECONDS_MAX,
  TRANSACTIONS_SHOWN_MAX,
} from "../../src/findings/transactions.ts";
import {
  createDatabase,
  type Database,
  executeForLibrary,
  executeRawSql,
  withStatementTags,
} from "../../src/index.ts";

let server: EmbeddedPostgres;
let database: Database;
const open: Database[] = [];

const connect = (url: string, applicationName = "findings"): Database => {
  const opened = createDatabase({ url, max: 14, applicationName });
  open.push(opened);
  return opened;
};

beforeAll(async () => {
  server = await startTemporaryPostgres({
    settings: { max_connections: "60", shared_preload_libraries: "pg_stat_statements" },
  });
  database = connect(server.url);
});
afterAll(async () => {
  for (const one of open) await one.close();
  await server.stop();
});

const OPEN: OpenTransaction = {
  pid: 41,
  program: "psql",
  isIdle: false,
  ageSeconds: TRANSACTION_SECONDS_MAX,
  stateSeconds: IDLE_SECONDS_MAX,
  waitsFor: [],
  statement: "select ?",
};
const SIGHT = { role: "app", sees_all: true };

describe("transactions that stay open", () => {
  test("are a finding from their limit on, with the statement that ends them", () => {
    expect(judgeAges([], SIGHT).status).toBe("ok");
    expect(judgeAges([OPEN], SIGHT).status).toBe("ok");
    expect(judgeAges([{ ...OPEN, ageSeconds: TRANSACTION_SECONDS_MAX + 1 }, OPEN], SIGHT)).toEqual({
      status: "warn",
      says: expect.stringContaining("a transaction is open for 10 min"),
      todo: "wait for it, or end it: select pg_terminate_backend(41);",
    });
  });

  test("are one where they stand idle, and only then", () => {
    const longer = { ...OPEN, stateSeconds: IDLE_SECONDS_MAX + 1 };
    expect(judgeIdle([{ ...OPEN, isIdle: true }, longer], SIGHT).status).toBe("ok");
    const found = judgeIdle([{ ...longer, isIdle: true }], SIGHT);
    expect(found).toMatchObject({
      status: "warn",
      says: expect.stringContaining("psql"),
      todo: expect.stringContaining("alter role app set idle_in_transaction_session_timeout"),
    });
  });

  test("of others are not seen by every role, and that is told", () => {
    expect(judgeAges([], { role: "app", sees_all: false })).toMatchObject({
      status: "ok",
      todo: "to see all: grant pg_read_all_stats to app;",
    });
  });

  test("are told oldest first, without a value, with whom they wait for, and so many at most", async () => {
    const others = connect(server.url, "somebody");
    await executeForLibrary(others.db, "create table locked (id int primary key, word text)");
    const [holding, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holder = others.db.transaction(async (tx) => {
      await executeForLibrary(tx, "insert into locked values (1, 'a secret word')");
      holding.resolve();
      await free.promise;
    });
    await holding.promise;
    const waiters = Array.from({ length: TRANSACTIONS_SHOWN_MAX }, () =>
      others.db.transaction((tx) =>
        executeForLibrary(
          tx,
          "insert into locked values (1, 'a secret word') on conflict do nothing",
        ),
      ),
    );
    try {
      const look = () => findOpenTransactions(database.db);
      await expect
        .poll(async () => (await look()).filter(({ waitsFor }) => waitsFor.length > 0).length)
        .toBe(TRANSACTIONS_SHOWN_MAX - 1);
      const found = await look();
      expect(found).toHaveLength(TRANSACTIONS_SHOWN_MAX);
      expect(found[0]).toMatchObject({ program: "somebody", isIdle: true, waitsFor: [] });
      expect(found[1]?.waitsFor).toEqual([found[0]?.pid]);
      expect(JSON.stringify(found)).not.toContain("secret");
      expect(found[1]?.statement).toBe("insert into locked values (?, ?) on conflict do nothing");
    } finally {
      free.resolve();
      await Promise.all([holder, ...waiters]);
    }
  });
});

describe("slow statements", () => {
  test("are those that run for long now, as long as nobody counts", async () => {
    const lock = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    await executeForLibrary(database.db, "create table busy (id int)");
    const holder = database.db.transaction(async (tx) => {
      await executeForLibrary(tx, "lock table busy in access exclusive mode");
      held.resolve();
      await lock.promise;
    });
    await held.promise;
    const waiting = withStatementTags({ procedure: "jobs.list" }, () =>
      executeRawSql(database.db, "select id from busy where id = 4711 or 'hush' = :word", {
        word: "hush",
      }),
    );
    try {
      await expect
        .poll(async () => (await findSlowStatements(database.db)).statements)
        .toEqual([
          expect.objectContaining({
            text: "select id from busy where id = ? or ? = $1",
            procedure: "jobs.list",
            calls: 1,
          }),
        ]);
      expect((await findSlowStatements(database.db)).of).toBe("now");
    } finally {
      lock.resolve();
      await Promise.all([holder, waiting]);
    }
  });

  test("are what took most of the server's time where it counts, whatever schema that is kept in", async () => {
    await executeForLibrary(
      database.db,
      'create schema "Odd ""one"; create extension pg_stat_statements schema "Odd ""one"',
    );
    for (let call = 0; call < 5; call++) {
      await executeRawSql(database.db, "select pg_sleep(0.002), 'a secret word'");
      if (call > 0) await executeRawSql(database.db, "select 'seldom', pg_sleep(0.001)");
    }
    const { of, statements } = await findSlowStatements(database.db);
    expect(of).toBe("history");
    expect(statements.length).toBeLessThanOrEqual(SLOW_SHOWN_MAX);
    const texts = statements.map(({ text }) => text);
    expect(texts.join()).not.toMatch(/secret|seldom/);
    const sleep = statements.find(({ text }) => text.startsWith("select pg_sleep"));
    expect(sleep).toMatchObject({ calls: 5 });
    expect(sleep?.totalMs).toBeGreaterThan(sleep?.meanMs ?? Infinity);
    await executeForLibrary(database.db, "drop extension pg_stat_statements");
  });
});

describe("a text that is shown", () => {
  test.each([
    ["select 1, 'two', $3 from t4 where a = 5.5e3", "select ?, ?, $3 from t4 where a = ?"],
    ["/*procedure='x'*/ select 1 -- 'secret'\n from t", "select ? from t"],
    ["select E'it\\'s secret', $tag$ secret $tag$, \"Name 1\"", 'select E?, ?, "Name 1"'],
    ["update t set a = 'secret that was cu", "update t set a = ?"],
    ["alter role app password 'secret'", "alter role …"],
    ["create user secret", "create user …"],
    ["commit", "commit"],
    ["", ""],
  ])("%s", (sql, told) => {
    expect(plainText(sql)).toBe(told);
  });

  test("is cut at its limit and not before", () => {
    const text = `select ${"a".repeat(TEXT_LENGTH_MAX - 7)}`;
    expect(plainText(text)).toBe(text);
    expect(plainText(`${text}b`)).toBe(`${text}…`);
  });

  test("names the procedure that says so itself, and nothing else", () => {
    expect(procedureOf("/*procedure='worker.claim',request_id='r'*/ select 1")).toBe(
      "worker.claim",
    );
    expect(procedureOf("select '/*procedure=''x''*/'")).toBeNull();
    expect(procedureOf("/* procedure='<b>' */ select 1")).toBeNull();
  });
});

test("sizes are of the largest tables of ours, and so many at most", async () => {
  const many = Array.from(
    { length: TABLES_SHOWN_MAX + 1 },
    (_, at) => `create table size_${at} (id int primary key);`,
  );
  await executeForLibrary(
    database.db,
    `${many.join("")} insert into size_0 select generate_series(1, 5000);
     create schema theirs; create table theirs.other as select generate_series(1, 9000) as id`,
  );
  const { databaseBytes, tables } = await findSizes(database.db);
  expect(databaseBytes).toBeGreaterThan(1_000_000);
  expect(tables).toHaveLength(TABLES_SHOWN_MAX);
  expect(tables[0]).toMatchObject({ name: "public.size_0" });
  expect(tables[0]?.bytes).toBeGreaterThan(tables[0]?.indexBytes ?? Infinity);
});

test("a server without our tables passes what is asked of servers, or is told in our own words", async () => {
  const found = new Map<string, string>();
  for (const [name, check] of Object.entries(SERVER_CHECKS)) {
    found.set(name, (await guarded(() => check(database.db))).status);
  }
  expect([...found].filter(([, status]) => status === "fail")).toEqual([]);
  const broken = await guarded(
    () => executeRawSql(database.db, "select secret from nowhere") as never,
  );
  expect(broken.status).toBe("fail");
  expect(JSON.stringify(broken)).not.toMatch(/secret|nowhere/);
  expect((await guarded(() => Promise.reject(new Error("secret at db.internal")))).says).toBe(
    "it could not be looked at",
  );
});

test("migrations that lack, and those of newer programs, are named", () => {
  expect(describeMigrations({ pending: [], of: 3, later: [] }).status).toBe("ok");
  expect(describeMigrations({ pending: ["0003"], of: 3, later: [] })).toMatchObject({
    status: "fail",
    says: "1 of 3 not applied: 0003",
  });
  expect(describeMigrations({ pending: [], of: 3, later: ["0004_new"] }).status).toBe("warn");
});
