import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Database, executeRawSql } from "../../src/index.ts";
import { expectWorking, failOnUnhandledRejections, failureOf } from "./outcome.ts";
import { type Stand, startStand, type Way } from "./stand.ts";

failOnUnhandledRejections();

const ways: Way[] = (await preparePgBouncer()) ? ["directly", "through PgBouncer"] : ["directly"];

describe.each(ways)("a cancel request, %s", (way) => {
  let stand: Stand;

  beforeAll(async () => {
    stand = await startStand(way);
  });
  afterAll(() => stand.stop());
  afterEach(() => stand.closeOpened());

  const single = async (): Promise<Database> => {
    const database = stand.open({ max: 1 });
    await executeRawSql(database.db, "select 1");
    return database;
  };
  const slow = (on: Database) =>
    executeRawSql(on.db, "select pg_sleep(20) as cancel_me", {}, { timeoutMs: 100 });
  const endSlow = () =>
    executeRawSql(
      stand.direct.db,
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%cancel_me' and pid <> pg_backend_pid()",
    );
  const running = (query: string) =>
    executeRawSql(
      stand.direct.db,
      "select 1 from pg_stat_activity where state = 'active' and query like :query and pid <> pg_backend_pid()",
      { query: `%${query}` },
    );

  test("that is reset on its way: the connection is given up, and nobody is surprised", async () => {
    const database = await single();
    stand.proxy.admit = async (client) => void client.resetAndDestroy();
    const error = await failureOf(slow(database));
    stand.proxy.admit = undefined;
    expect(error).toMatchObject({ kind: "statement_timeout", outcomeUnknown: true });
    await endSlow();
    await expectWorking(database);
  });

  test("that is refused: the same", async () => {
    const database = await single();
    stand.proxy.hangUp = true;
    const error = await failureOf(slow(database));
    stand.proxy.hangUp = false;
    expect(error).toMatchObject({ kind: "statement_timeout", outcomeUnknown: true });
    await endSlow();
    await expectWorking(database);
  });

  test("that is refused while somebody waits for the connection: he gets another one", async () => {
    const database = await single();
    stand.proxy.hangUp = true;
    const late = failureOf(slow(database));
    const waiting = executeRawSql(database.db, "select 2 as b");
    expect(await late).toMatchObject({ kind: "statement_timeout", outcomeUnknown: true });
    stand.proxy.hangUp = false;
    await endSlow();
    expect(await waiting).toEqual([{ b: 2 }]);
  });

  test("after which the connection is lost: what is told is why it was sent", async () => {
    const database = await single();
    stand.proxy.admit = async () => {
      stand.proxy.admit = undefined;
      stand.proxy.cut();
    };
    const error = await failureOf(slow(database));
    expect(error).toMatchObject({ kind: "statement_timeout", outcomeUnknown: true });
    await endSlow();
    await expectWorking(database);
  });

  test("that comes late never hits the statement after the one it was meant for", async () => {
    const database = await single();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let holding = 0;
    stand.proxy.admit = () => {
      holding++;
      return held;
    };
    await using holder = await stand.direct.session();
    // Both statements wait for this lock: each runs for as long as the test needs it to.
    const lock = () => executeRawSql(holder, "select pg_advisory_lock(76)");
    const unlock = () => executeRawSql(holder, "select pg_advisory_unlock(76)");
    const waiting = "select pg_advisory_xact_lock(76)";
    await lock();
    const meant = executeRawSql(database.db, waiting, {}, { timeoutMs: 100 });
    const settled = meant.then(
      () => "answered",
      () => "given up",
    );
    await expect.poll(() => holding).toBe(1);
    // The statement is answered; its connection must not be lent before the cancel is done with.
    await unlock();
    await expect.poll(() => running("advisory_xact_lock(76)")).toEqual([]);
    await lock();
    stand.proxy.admit = undefined;
    const innocent = executeRawSql(database.db, `${waiting}, 'innocent' as one`);
    await settled;
    await expect.poll(() => running("innocent' as one")).toHaveLength(1);
    release();
    await unlock();
    expect(await innocent).toMatchObject([{ one: "innocent" }]);
    await expectWorking(database);
  });
});
