import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, executeRawSql, executeRawSqlOne, type Tx } from "../../src/index.ts";
import { expectWorking, failOnUnhandledRejections, failureOf } from "./outcome.ts";
import { endAtDeadline } from "./standing-time.ts";
import { type Stand, startStand, type Way } from "./stand.ts";

failOnUnhandledRejections();

const ways: Way[] = (await preparePgBouncer())
  ? ["directly", "through PgBouncer", "through PgBouncer in session mode"]
  : ["directly"];

describe.each(ways)("%s", (way) => {
  let stand: Stand;
  let database: Database;
  const pooled = way !== "directly";

  beforeAll(async () => {
    stand = await startStand(way);
    await executeRawSql(
      stand.direct.db,
      `create function wait_at_commit() returns trigger language plpgsql as
         $$ begin perform pg_sleep(20); return null; end $$`,
    );
    await executeRawSql(stand.direct.db, "create table slow_note (id int primary key)");
    await executeRawSql(
      stand.direct.db,
      "create constraint trigger slow after insert on slow_note deferrable initially deferred for each row execute function wait_at_commit()",
    );
  });
  afterAll(() => stand.stop());
  beforeEach(() => {
    database = stand.open();
  });
  afterEach(async () => {
    await stand.closeOpened();
    await expect.poll(() => stand.openTransactions()).toBe(0);
  });

  const write = (id: number, on: Pick<Database, "db"> | { db: Tx } = database) =>
    executeRawSql(on.db, "insert into note (id, body) values (:id, repeat('x', 100))", { id });
  /** Ends the one backend that matches, from outside. */
  const kill = (condition: string) =>
    expect
      .poll(() =>
        executeRawSql(
          stand.direct.db,
          `select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and ${condition}`,
        ),
      )
      .not.toEqual([]);
  const backendOf = async (on: Tx | Database["db"]) =>
    (await executeRawSqlOne<{ pid: number }>(on, "select pg_backend_pid() as pid"))!.pid;
  const kilobytes = "select repeat('x', 1000) as body from generate_series(1, 100)";
  const inDoubt = { kind: "connection_lost", retryable: false, outcomeUnknown: true };
  const rolledBack = { kind: "connection_lost", retryable: false, outcomeUnknown: false };
  const unknown = { kind: "outcome_unknown", retryable: false, outcomeUnknown: true };
  const timedOutInDoubt = { kind: "statement_timeout", retryable: false, outcomeUnknown: true };
  const endedByServer = pooled ? "08P01" : "57P01";

  describe("one statement", () => {
    test("reset before it reaches the server: in doubt, and absent", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.onRequest = () => (stand.proxy.cut(), false);
      const id = stand.nextId();
      expect(await failureOf(write(id))).toMatchObject(inDoubt);
      stand.proxy.onRequest = undefined;
      expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });

    test("reset while it runs", async () => {
      await executeRawSql(database.db, "select 1");
      const running = failureOf(executeRawSql(database.db, "select pg_sleep(20) as reset_me"));
      await expect
        .poll(() =>
          executeRawSql(
            stand.direct.db,
            "select 1 from pg_stat_activity where query like '%reset_me' and state = 'active' and pid <> pg_backend_pid()",
          ),
        )
        .toHaveLength(1);
      stand.proxy.cut();
      expect(await running).toMatchObject(inDoubt);
      await kill("query like '%reset_me'");
      await expectWorking(database);
    });

    test("reset after it was done, before the answer came: in doubt, and present", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.onAnswer = () => (stand.proxy.cut(), false);
      const id = stand.nextId();
      expect(await failureOf(write(id))).toMatchObject(inDoubt);
      stand.proxy.onAnswer = undefined;
      expect(await stand.present(id)).toBe(true);
      await expectWorking(database);
    });

    test("a COMMIT written by hand, reset before its answer: in doubt, and present", async () => {
      const id = stand.nextId();
      const failure = await failureOf(
        database.withSession(async (session) => {
          await executeRawSql(session, "begin");
          await executeRawSql(session, "insert into note (id) values (:id)", { id });
          stand.proxy.onAnswer = () => (stand.proxy.cut(), false);
          await executeRawSql(session, "commit");
        }),
      );
      expect(failure).toMatchObject(inDoubt);
      expect(await stand.present(id)).toBe(true);
    });

    test("reset between two statements: at most one caller notices, none gets a wrong row", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.cut();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, me) =>
          executeRawSqlOne<{ me: number }>(database.db, "select :me::int as me", { me }).then(
            (row) => row?.me === me,
            () => "lost",
          ),
        ),
      );
      expect(outcomes).not.toContain(false);
      expect(outcomes.filter((outcome) => outcome === "lost").length).toBeLessThanOrEqual(1);
      await expectWorking(database);
    });

    test("black hole in the middle of a result: its deadline ends it", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.limit = { bytes: 5_000, after: "silence" };
      const work = executeRawSql(database.db, kilobytes, {}, { timeoutMs: 100 });
      expect(await failureOf(work)).toMatchObject(timedOutInDoubt);
      stand.proxy.limit = undefined;
      await expectWorking(database);
    });

    test("black hole before the first byte of the answer: its deadline ends it, in doubt, and present", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.blackHole = true;
      const id = stand.nextId();
      const insert = () =>
        executeRawSql(database.db, "insert into note values (:id)", { id }, { timeoutMs: 1_000 });
      const work = endAtDeadline(1_000, insert, () => stand.present(id));
      expect(await failureOf(work)).toMatchObject(timedOutInDoubt);
      stand.proxy.blackHole = false;
      expect(await stand.present(id)).toBe(true);
      await expectWorking(database);
    });

    test.each([1, 7, 60, 2_500])("an answer cut after %i bytes, then reset", async (bytes) => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.limit = { bytes, after: "reset" };
      expect(await failureOf(executeRawSql(database.db, kilobytes))).toMatchObject(inDoubt);
      stand.proxy.limit = undefined;
      await expectWorking(database);
    });

    test("a half-sent row, then silence, then an abort: no row comes out", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.limit = { bytes: 500, after: "silence" };
      const caller = new AbortController();
      const work = executeRawSql(database.db, kilobytes, {}, { signal: caller.signal });
      await expect.poll(() => stand.proxy.limit?.bytes).toBe(0);
      caller.abort();
      expect(await failureOf(work)).toMatchObject({ kind: "aborted", outcomeUnknown: true });
      stand.proxy.limit = undefined;
      await expectWorking(database);
    });

    test("slow drip: every byte by itself, and the rows are right", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.drip = true;
      const rows = await executeRawSql<{ n: number; body: string }>(
        database.db,
        "select n, repeat('é', n) as body from generate_series(1, 40) n",
      );
      expect(rows.map(({ n, body }) => body.length === n)).toEqual(Array(40).fill(true));
      const id = stand.nextId();
      await database.db.transaction((tx) => write(id, { db: tx }));
      expect(await stand.present(id)).toBe(true);
      stand.proxy.drip = false;
      await expectWorking(database);
    });

    test("slow drip: a deadline ends it", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.drip = true;
      const many = "select repeat('x', 1000) from generate_series(1, 20000)";
      const work = executeRawSql(database.db, many, {}, { timeoutMs: 50 });
      expect(await failureOf(work)).toMatchObject(timedOutInDoubt);
      stand.proxy.drip = false;
      await expectWorking(database);
    });

    test("slow drip: the reason of an end arrives whole", async () => {
      await executeRawSql(database.db, "select 1");
      stand.proxy.drip = true;
      const work = executeRawSql(database.db, "select pg_terminate_backend(pg_backend_pid())");
      expect(await failureOf(work)).toMatchObject({ ...inDoubt, sqlstate: endedByServer });
      stand.proxy.drip = false;
      await expectWorking(database);
    });

    test("slow drip: what is in doubt afterwards is told as in doubt, and the connection stays", async () => {
      stand.proxy.drip = true;
      await executeRawSql(database.db, "select 1");
      await executeRawSql(database.db, "select 1");
      expect(database.stats()).toMatchObject({ open: 1, replaced: 0 });
      stand.proxy.blackHole = true;
      const id = stand.nextId();
      const insert = () =>
        executeRawSql(database.db, "insert into note values (:id)", { id }, { timeoutMs: 1_000 });
      const work = endAtDeadline(1_000, insert, () => stand.present(id));
      expect(await failureOf(work)).toMatchObject(timedOutInDoubt);
      stand.proxy.blackHole = false;
      expect(await stand.present(id)).toBe(true);
      stand.proxy.drip = false;
      await expectWorking(database);
    });

    test("backend terminated while idle: no later caller notices", async () => {
      const pid = await backendOf(database.db);
      await kill(`pid = ${pid}`);
      if (!pooled)
        await expect.poll(() => database.stats().replaced + database.stats().open).toBe(1);
      await expect
        .poll(() =>
          executeRawSql(stand.direct.db, `select 1 from pg_stat_activity where pid = ${pid}`),
        )
        .toEqual([]);
      const outcome = await backendOf(database.db).catch((error: unknown) => error);
      expect(outcome).not.toBe(pid);
      await expectWorking(database);
    });

    test("backend terminated in a statement", async () => {
      const id = stand.nextId();
      const work = failureOf(
        executeRawSql(database.db, "insert into note select :id from pg_sleep(20)", { id }),
      );
      await kill("state = 'active' and query like 'insert into note select%'");
      expect(await work).toMatchObject({ ...inDoubt, sqlstate: endedByServer });
      expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });
  });

  describe("a transaction", () => {
    test("connection dies before its first statement: nothing of it runs anywhere", async () => {
      await executeRawSql(database.db, "select 1");
      const ids = [stand.nextId(), stand.nextId()];
      const work = database.db.transaction(async (tx) => {
        stand.proxy.cut();
        for (const id of ids) await write(id, { db: tx }).catch(() => {});
      });
      expect(await failureOf(work)).toMatchObject({ retryable: false });
      for (const id of ids) expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });

    test("backend terminated before its first statement", async () => {
      const pid = await backendOf(database.db);
      const id = stand.nextId();
      const work = database.db.transaction(async (tx) => {
        await kill(`pid = ${pid}`);
        await write(id, { db: tx });
      });
      const committed = await work.then(
        () => true,
        () => false,
      );
      expect(await stand.present(id)).toBe(committed);
      await expectWorking(database);
    });

    test("backend terminated between two statements, the error swallowed: refused, rolled back", async () => {
      const ids = [stand.nextId(), stand.nextId(), stand.nextId()];
      const work = database.db.transaction(async (tx) => {
        await write(ids[0]!, { db: tx });
        await kill(`pid = ${await backendOf(tx)}`);
        for (const id of ids.slice(1)) await write(id, { db: tx }).catch(() => {});
      });
      expect(await failureOf(work)).toMatchObject({ ...rolledBack, sqlstate: endedByServer });
      for (const id of ids) expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });

    test("backend terminated in a statement of it", async () => {
      const id = stand.nextId();
      const work = failureOf(
        database.db.transaction(async (tx) => {
          await write(id, { db: tx });
          await executeRawSql(tx, "select pg_sleep(20) as end_me");
        }),
      );
      await kill("state = 'active' and query like '%end_me'");
      expect(await work).toMatchObject({ ...rolledBack, sqlstate: endedByServer });
      expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });

    test("reset in a statement of it: rolled back", async () => {
      const id = stand.nextId();
      const work = database.db.transaction(async (tx) => {
        await write(id, { db: tx });
        stand.proxy.onAnswer = () => (stand.proxy.cut(), false);
        await executeRawSql(tx, "select 1");
      });
      expect(await failureOf(work)).toMatchObject(rolledBack);
      stand.proxy.onAnswer = undefined;
      expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });

    test("black hole in a statement of it: the deadline ends it, rolled back", async () => {
      const id = stand.nextId();
      const work = database.db.transaction(async (tx) => {
        await write(id, { db: tx });
        stand.proxy.freeze();
        await executeRawSql(tx, "select 1", {}, { timeoutMs: 100 });
      });
      expect(await failureOf(work)).toMatchObject({
        kind: "statement_timeout",
        outcomeUnknown: false,
      });
      expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });

    test("backend terminated during COMMIT: unknown, and absent", async () => {
      const id = stand.nextId();
      const work = failureOf(
        database.db.transaction((tx) =>
          executeRawSql(tx, "insert into slow_note values (:id)", { id }),
        ),
      );
      await kill("state = 'active' and query = 'commit'");
      expect(await work).toMatchObject({ ...unknown, sqlstate: endedByServer });
      expect(
        await executeRawSql(stand.direct.db, "select 1 from slow_note where id = :id", { id }),
      ).toEqual([]);
      await expectWorking(database);
    });

    test("reset before COMMIT reaches the server: unknown, and absent", async () => {
      const id = stand.nextId();
      const work = database.db.transaction(async (tx) => {
        await write(id, { db: tx });
        stand.proxy.onRequest = (chunk) => {
          if (!chunk.includes("commit")) return true;
          stand.proxy.cut();
          return false;
        };
      });
      expect(await failureOf(work)).toMatchObject(unknown);
      stand.proxy.onRequest = undefined;
      expect(await stand.present(id)).toBe(false);
      await expectWorking(database);
    });

    test("reset before the answer to COMMIT: unknown, and present", async () => {
      const id = stand.nextId();
      const work = database.db.transaction(async (tx) => {
        await write(id, { db: tx });
        stand.proxy.onAnswer = (chunk) => {
          if (!chunk.includes("COMMIT")) return true;
          stand.proxy.cut();
          return false;
        };
      });
      expect(await failureOf(work)).toMatchObject(unknown);
      stand.proxy.onAnswer = undefined;
      expect(await stand.present(id)).toBe(true);
      await expectWorking(database);
    });

    test("black hole at COMMIT: unknown at the deadline, and present", async () => {
      const hasty = stand.open({ statementTimeoutMs: 1_000 });
      await executeRawSql(hasty.db, "select 1");
      const id = stand.nextId();
      const committing = () =>
        hasty.db.transaction(async (tx) => {
          await write(id, { db: tx });
          stand.proxy.freeze();
        });
      const work = endAtDeadline(1_000, committing, () => stand.present(id));
      expect(await failureOf(work)).toMatchObject(unknown);
      await expectWorking(hasty);
    });
  });
});
