import { existsSync } from "node:fs";
import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, type DatabaseError, executeRawSql, type Tx } from "../../src/index.ts";
import { expectWorking, failOnUnhandledRejections, failureOf } from "./outcome.ts";
import { type Stand, startStand, type Way } from "./stand.ts";

failOnUnhandledRejections();

const ways: Way[] = (await preparePgBouncer()) ? ["directly", "through PgBouncer"] : ["directly"];

describe.each(ways)("%s", (way) => {
  let stand: Stand;
  let database: Database;
  const pooled = way !== "directly";

  beforeAll(async () => {
    stand = await startStand(way);
    await executeRawSql(
      stand.direct.db,
      `create function fail_with(state text) returns void language plpgsql as
         $$ begin raise exception 'made up' using errcode = state; end $$`,
    );
    await executeRawSql(stand.direct.db, "create table account (id int primary key, balance int)");
  });
  afterAll(() => stand.stop());
  beforeEach(async () => {
    database = stand.open();
    await executeRawSql(
      stand.direct.db,
      "insert into account values (1, 10), (2, 10) on conflict (id) do update set balance = 10",
    );
  });
  afterEach(async () => {
    await stand.closeOpened();
    await expect.poll(() => stand.openTransactions()).toBe(0);
  });

  const insert = (on: Tx, id: number) =>
    executeRawSql(on, "insert into note (id) values (:id)", { id });
  const change = (on: Tx, id: number) =>
    executeRawSql(on, "update account set balance = balance + 1 where id = :id", { id });
  const balances = async () =>
    (
      await executeRawSql<{ balance: number }>(
        stand.direct.db,
        "select balance from account order by id",
      )
    ).map(({ balance }) => balance);
  /** Two transactions that wait for each other before they go on. */
  const rendezvous = (parties: number) => {
    let open = () => {};
    const all = new Promise<void>((resolve) => {
      open = resolve;
    });
    let here = 0;
    return () => {
      if (++here === parties) open();
      return all;
    };
  };
  /** What the statement fails with, by itself and in a transaction; the latter is undone. */
  const refusalsOf = async (statement: string): Promise<DatabaseError[]> => {
    await executeRawSql(database.db, "select 1");
    const before = database.stats().replaced;
    const alone = await failureOf(executeRawSql(database.db, statement));
    const id = stand.nextId();
    const work = database.db.transaction(async (tx) => {
      await insert(tx, id);
      await executeRawSql(tx, statement);
    });
    const inside = await failureOf(work);
    expect(await stand.present(id)).toBe(false);
    await expectWorking(database);
    expect(database.stats().replaced).toBe(before);
    return [alone, inside];
  };

  test.each(["53100", "53200"])("%s raised by the database: retryable, undone", async (state) => {
    const expected = {
      kind: "resources",
      sqlstate: state,
      retryable: true,
      outcomeUnknown: false,
    };
    expect(await refusalsOf(`select fail_with('${state}')`)).toMatchObject([expected, expected]);
  });

  test.runIf(existsSync("/dev/full"))("a disk that is really full", async () => {
    const expected = { kind: "resources", sqlstate: "53100", retryable: true };
    const full = "copy (select generate_series(1, 100000)) to '/dev/full'";
    expect(await refusalsOf(full)).toMatchObject([expected, expected]);
  });

  test("more temporary space than allowed", async () => {
    const work = database.db.transaction(async (tx) => {
      await executeRawSql(tx, "set local temp_file_limit = '64kB'");
      await executeRawSql(tx, "set local work_mem = '64kB'");
      await executeRawSql(tx, "select g from generate_series(1, 200000) g order by -g");
    });
    expect(await failureOf(work)).toMatchObject({
      kind: "resources",
      sqlstate: "53400",
      outcomeUnknown: false,
    });
    await expectWorking(database);
  });

  test("read-only by setting", async () => {
    const work = database.db.transaction((tx) => insert(tx, stand.nextId()), { readOnly: true });
    expect(await failureOf(work)).toMatchObject({
      kind: "read_only",
      sqlstate: "25006",
      retryable: false,
    });
    await expectWorking(database);
  });

  test("statement timeout of the server: undone, the connection stays", async () => {
    const id = stand.nextId();
    const work = database.db.transaction(
      async (tx) => {
        await insert(tx, id);
        await executeRawSql(tx, "select pg_sleep(20)");
      },
      { statementTimeoutMs: 50 },
    );
    expect(await failureOf(work)).toMatchObject({
      kind: "statement_timeout",
      sqlstate: "57014",
      outcomeUnknown: false,
    });
    expect(await stand.present(id)).toBe(false);
    await expectWorking(database);
    expect(database.stats().replaced).toBe(0);
  });

  test("lock timeout: the waiting one is undone, the holder commits", async () => {
    const waiter = await database.db.transaction(async (holder) => {
      await change(holder, 1);
      return failureOf(
        database.db.transaction(async (tx) => {
          await executeRawSql(tx, "set local lock_timeout = '50ms'");
          await change(tx, 2);
          await change(tx, 1);
        }),
      );
    });
    expect(waiter).toMatchObject({
      kind: "statement_timeout",
      sqlstate: "55P03",
      outcomeUnknown: false,
    });
    expect(await balances()).toEqual([11, 10]);
    await expectWorking(database);
  });

  test.each([
    ["idle_in_transaction_session_timeout", "25P03"],
    ["transaction_timeout", "25P04"],
  ])("%s: rolled back, and later statements are refused", async (setting, state) => {
    const id = stand.nextId();
    const work = database.db.transaction(async (tx) => {
      await executeRawSql(tx, `set local ${setting} = '50ms'`);
      await insert(tx, id);
      const pid = (await executeRawSql<{ pid: number }>(tx, "select pg_backend_pid() as pid"))[0]!;
      await expect
        .poll(() =>
          executeRawSql(stand.direct.db, "select 1 from pg_stat_activity where pid = :pid", {
            ...pid,
          }),
        )
        .toEqual([]);
      await insert(tx, stand.nextId());
    });
    expect(await failureOf(work)).toMatchObject({
      kind: "connection_lost",
      // The pooler keeps the reason to itself.
      sqlstate: pooled ? "08P01" : state,
      retryable: false,
      outcomeUnknown: false,
    });
    expect(await stand.present(id)).toBe(false);
    await expectWorking(database);
  });

  const crossed = (on: Database, options: { retry?: boolean } = {}) => {
    const meet = rendezvous(2);
    let tries = 0;
    const both = [
      [1, 2],
      [2, 1],
    ].map(([one, other]) =>
      on.db.transaction(async (tx) => {
        tries++;
        await change(tx, one!);
        await meet();
        await change(tx, other!);
      }, options),
    );
    return { both, tries: () => tries };
  };

  test("deadlock: one is undone whole and may be sent again, the other commits", async () => {
    const outcomes = await Promise.allSettled(crossed(database).both);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(await failureOf(Promise.reject(lost[0]!.reason as Error))).toMatchObject({
      kind: "serialization",
      sqlstate: "40P01",
      retryable: true,
      outcomeUnknown: false,
    });
    expect(await balances()).toEqual([11, 11]);
    await expectWorking(database);
  });

  test("deadlock, with a retry: both commit, once each", async () => {
    const { both, tries } = crossed(database, { retry: true });
    await Promise.all(both);
    // On a busy machine the one that is sent again may meet the other once more.
    expect(tries()).toBeGreaterThanOrEqual(3);
    expect(await balances()).toEqual([12, 12]);
    await expectWorking(database);
  });

  const increments = (on: Database, options: { retry?: boolean } = {}) => {
    const meet = rendezvous(2);
    let tries = 0;
    const both = [0, 1].map(() =>
      on.db.transaction(
        async (tx) => {
          tries++;
          const rows = await executeRawSql<{ balance: number }>(
            tx,
            "select balance from account where id = 1",
          );
          await meet();
          await executeRawSql(tx, "update account set balance = :next where id = 1", {
            next: rows[0]!.balance + 1,
          });
        },
        { isolation: "serializable", ...options },
      ),
    );
    return { both, tries: () => tries };
  };

  test("serialization failure: one is undone whole and may be sent again", async () => {
    const outcomes = await Promise.allSettled(increments(database).both);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(await failureOf(Promise.reject(lost[0]!.reason as Error))).toMatchObject({
      kind: "serialization",
      sqlstate: "40001",
      retryable: true,
      outcomeUnknown: false,
    });
    expect(await balances()).toEqual([11, 10]);
    await expectWorking(database);
  });

  test("serialization failure, with a retry: both commit, once each", async () => {
    const { both, tries } = increments(database, { retry: true });
    await Promise.all(both);
    expect(tries()).toBe(3);
    expect(await balances()).toEqual([12, 10]);
    await expectWorking(database);
  });

  test("serialization failure at COMMIT itself: not unknown, undone, and may be sent again", async () => {
    await executeRawSql(stand.direct.db, "delete from note where body = 'skew'");
    const meet = rendezvous(2);
    const ids = [stand.nextId(), stand.nextId()];
    const outcomes = await Promise.allSettled(
      ids.map((id) =>
        database.db.transaction(
          async (tx) => {
            await executeRawSql(tx, "select count(*) from note where body = 'skew'");
            await executeRawSql(tx, "insert into note values (:id, 'skew')", { id });
            await meet();
          },
          { isolation: "serializable" },
        ),
      ),
    );
    const lost = outcomes.findIndex((outcome) => outcome.status === "rejected");
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const reason = (outcomes[lost] as PromiseRejectedResult).reason as Error;
    expect(await failureOf(Promise.reject(reason))).toMatchObject({
      kind: "serialization",
      retryable: true,
      outcomeUnknown: false,
    });
    expect(await stand.present(ids[lost]!)).toBe(false);
    expect(await stand.present(ids[1 - lost]!)).toBe(true);
    await expectWorking(database);
  });
});
