import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Database,
  type DatabaseErrorKind,
  executeRawSql,
  executeRawSqlOne,
  findDatabaseError,
} from "../../src/index.ts";
import {
  expectNothingLent,
  expectWorking,
  failOnUnhandledRejections,
  failureOf,
} from "./outcome.ts";
import { type Stand, startStand, type Way } from "./stand.ts";

failOnUnhandledRejections();

const ways: Way[] = (await preparePgBouncer()) ? ["directly", "through PgBouncer"] : ["directly"];
/** Held by the test to keep a COMMIT from ending. */
const COMMIT_LOCK = 4711;

describe.each(ways)("%s", (way) => {
  let stand: Stand;
  let database: Database;

  beforeAll(async () => {
    stand = await startStand(way);
    await executeRawSql(
      stand.direct.db,
      `create function wait_at_commit() returns trigger language plpgsql as
         $$ begin perform pg_advisory_xact_lock(${COMMIT_LOCK}); return null; end $$`,
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

  const active = (query: string) =>
    expect
      .poll(() =>
        executeRawSql(
          stand.direct.db,
          `select 1 from pg_stat_activity where state = 'active' and query like '${query}' and pid <> pg_backend_pid()`,
        ),
      )
      .toHaveLength(1);
  const present = async (table: string, id: number) =>
    (await executeRawSql(stand.direct.db, `select 1 from ${table} where id = :id`, { id }))
      .length === 1;

  test("1,000 callers on 10 slots, a third of them failing, a third aborting: each gets its own", async () => {
    const crowd = stand.open({ max: 10, acquireTimeoutMs: 30_000 });
    const first = 1_000_000;
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        const me = first + n;
        const caller = new AbortController();
        if (n % 3 === 1) setTimeout(() => caller.abort(), n % 50);
        try {
          const seen = await crowd.db.transaction(
            async (tx) => {
              await executeRawSql(tx, "insert into note values (:me, 'crowd')", { me });
              const row = await executeRawSqlOne<{ id: number }>(
                tx,
                "select id, pg_sleep(0.002) from note where id = :me",
                { me },
              );
              if (n % 3 === 2) await executeRawSql(tx, "select 1 / :zero::int", { zero: 0 });
              return row?.id;
            },
            { signal: caller.signal },
          );
          return { me, outcome: seen === me ? "committed" : `got ${seen}` };
        } catch (error) {
          return { me, outcome: findDatabaseError(error)?.kind ?? String(error) };
        }
      }),
    );
    const stored = new Set(
      (
        await executeRawSql<{ id: number }>(
          stand.direct.db,
          "select id from note where body = 'crowd'",
        )
      ).map(({ id }) => id),
    );
    const wrong = outcomes.filter(({ me, outcome }, n) => {
      const allowed: string[][] = [["committed"], ["committed", "aborted"], ["syntax"]];
      return !allowed[n % 3]!.includes(outcome) || stored.has(me) !== (outcome === "committed");
    });
    expect(wrong).toEqual([]);
    const counts = Object.groupBy(outcomes, ({ outcome }) => outcome);
    expect(counts["aborted"]?.length).toBeGreaterThan(0);
    expect(crowd.stats().open).toBeLessThanOrEqual(10);
    await expectNothingLent(crowd);
    await expectWorking(crowd);
  });

  test("1,000 callers whose connections are cut again and again: none hangs, no wrong row", async () => {
    const crowd = stand.open({ max: 10, acquireTimeoutMs: 30_000, statementTimeoutMs: 20_000 });
    let answered = 0;
    const kinds = new Set<DatabaseErrorKind | undefined>();
    const wrong: unknown[] = [];
    await Promise.all(
      Array.from({ length: 1_000 }, async (_, me) => {
        try {
          const row = await executeRawSqlOne<{ me: number }>(
            crowd.db,
            "select :me::int as me, pg_sleep(0.002)",
            { me },
          );
          if (row?.me !== me) wrong.push({ me, row });
        } catch (error) {
          kinds.add(findDatabaseError(error)?.kind);
        }
        if (++answered % 100 === 0 && answered < 600) stand.proxy.cut();
      }),
    );
    expect(wrong).toEqual([]);
    expect(
      [...kinds].filter((kind) => kind !== "connection_lost" && kind !== "connect_failed"),
    ).toEqual([]);
    await expectWorking(crowd);
  });

  test("caller aborts while queued: it leaves the queue, nothing of it runs", async () => {
    const narrow = stand.open({ max: 1 });
    const caller = new AbortController();
    const id = stand.nextId();
    const refused = await narrow.db.transaction(async (tx) => {
      await executeRawSql(tx, "select 1");
      const queued = failureOf(
        executeRawSql(
          narrow.db,
          "insert into note (id) values (:id)",
          { id },
          { signal: caller.signal },
        ),
      );
      const inTransaction = failureOf(
        narrow.db.transaction((other) => executeRawSql(other, "select 1"), {
          signal: caller.signal,
        }),
      );
      await expect.poll(() => narrow.stats().waiting).toBe(2);
      caller.abort();
      return Promise.all([queued, inTransaction]);
    });
    const expected = { kind: "aborted", outcomeUnknown: false };
    expect(refused).toMatchObject([expected, expected]);
    expect(await present("note", id)).toBe(false);
    await expectWorking(narrow);
  });

  test("caller aborts before it asks", async () => {
    const options = { signal: AbortSignal.abort() };
    const before = database.stats().open;
    expect(await failureOf(executeRawSql(database.db, "select 1", {}, options))).toMatchObject({
      kind: "aborted",
      outcomeUnknown: false,
    });
    expect(await failureOf(database.db.transaction(async () => {}, options))).toMatchObject({
      kind: "aborted",
    });
    expect(database.stats().open).toBe(before);
    await expectNothingLent(database);
  });

  test("caller aborts while its statement runs: cancelled on the server, the connection stays", async () => {
    await executeRawSql(database.db, "select 1");
    const caller = new AbortController();
    const id = stand.nextId();
    const running = failureOf(
      executeRawSql(
        database.db,
        "insert into note select :id from pg_sleep(20) as stop_me",
        { id },
        { signal: caller.signal },
      ),
    );
    await active("%stop_me");
    caller.abort(new Error("the user left"));
    const error = await running;
    expect(error).toMatchObject({ kind: "aborted", outcomeUnknown: false });
    expect(error.cause).toMatchObject({ message: "the user left" });
    expect(await present("note", id)).toBe(false);
    await expectWorking(database);
    expect(database.stats().replaced).toBe(0);
  });

  test("caller aborts while its transaction runs a statement: rolled back", async () => {
    const caller = new AbortController();
    const id = stand.nextId();
    const work = failureOf(
      database.db.transaction(
        async (tx) => {
          await executeRawSql(tx, "insert into note (id) values (:id)", { id });
          await executeRawSql(tx, "select pg_sleep(20) as leave_me");
        },
        { signal: caller.signal },
      ),
    );
    await active("%leave_me");
    caller.abort();
    expect(await work).toMatchObject({ kind: "aborted", outcomeUnknown: false });
    expect(await present("note", id)).toBe(false);
    await expectWorking(database);
  });

  test("caller aborts between the last statement and COMMIT: rolled back", async () => {
    const caller = new AbortController();
    const id = stand.nextId();
    const work = database.db.transaction(
      async (tx) => {
        await executeRawSql(tx, "insert into note (id) values (:id)", { id });
        caller.abort();
      },
      { signal: caller.signal },
    );
    expect(await failureOf(work)).toMatchObject({ kind: "aborted", outcomeUnknown: false });
    expect(await present("note", id)).toBe(false);
    await expectWorking(database);
  });

  test("caller aborts while committing: the answer is waited for, and it is committed", async () => {
    const caller = new AbortController();
    const id = stand.nextId();
    const committing = await stand.direct.db.transaction(async (holder) => {
      await executeRawSql(holder, `select pg_advisory_xact_lock(${COMMIT_LOCK})`);
      const work = database.db.transaction(
        (tx) => executeRawSql(tx, "insert into slow_note values (:id)", { id }),
        { signal: caller.signal },
      );
      await active("commit");
      caller.abort();
      return { work };
    });
    await committing.work;
    expect(await present("slow_note", id)).toBe(true);
    await expectWorking(database);
  });

  test("a COMMIT past its deadline is cancelled: undone, and said so", async () => {
    const hasty = stand.open({ statementTimeoutMs: 1_000 });
    await executeRawSql(hasty.db, "select 1");
    const id = stand.nextId();
    const error = await stand.direct.db.transaction(async (holder) => {
      await executeRawSql(holder, `select pg_advisory_xact_lock(${COMMIT_LOCK})`);
      return failureOf(
        hasty.db.transaction((tx) =>
          executeRawSql(tx, "insert into slow_note values (:id)", { id }),
        ),
      );
    });
    expect(error).toMatchObject({ kind: "statement_timeout", outcomeUnknown: false });
    expect(await present("slow_note", id)).toBe(false);
    await expectWorking(hasty);
  });

  test("closing with callers inside and queued: the queued are refused, nothing hangs or stays open", async () => {
    const leaving = stand.open({ max: 2 });
    const inside = [1, 2].map(() =>
      failureOf(executeRawSql(leaving.db, "select pg_sleep(20) as drain_me")),
    );
    await expect.poll(() => leaving.stats().lent).toBe(2);
    const queued = [1, 2, 3].map(() => failureOf(executeRawSql(leaving.db, "select 1")));
    await leaving.close({ drainMs: 50 });
    const kinds = (await Promise.all(queued)).map(({ kind }) => kind);
    expect(kinds).toEqual(["closed", "closed", "closed"]);
    for (const each of inside) expect((await each).kind).toBe("connection_lost");
    await executeRawSql(
      stand.direct.db,
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%drain_me' and pid <> pg_backend_pid()",
    );
    expect(leaving.stats()).toMatchObject({ lent: 0, waiting: 0, open: 0 });
  });
});
