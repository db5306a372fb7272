import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type Database, DatabaseError, executeRawSql, findDatabaseError } from "../../src/index.ts";

/** The DatabaseError this work must fail with, itself or in its cause chain. */
export async function failureOf(work: Promise<unknown>): Promise<DatabaseError> {
  const reason: unknown = await work.then(
    () => new Error("it resolved"),
    (error: unknown) => error,
  );
  const error = findDatabaseError(reason);
  if (!error) throw reason;
  return error;
}

/**
 * Statements at the same time until as many connections are idle. Once is not enough: on a busy machine the first
 * connection has served them all before the second is open.
 */
export async function openIdle(database: Database, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const statements = Array.from({ length: count }, () =>
        executeRawSql(database.db, "select pg_sleep(0.01)"),
      );
      await Promise.all(statements);
      return database.stats().idle;
    })
    .toBeGreaterThanOrEqual(count);
}

/** Nobody holds a connection or waits for one, and the pool serves: what every fault must leave. */
export async function expectWorking(database: Database): Promise<void> {
  await expect
    .poll(() => executeRawSql(database.db, "select 1 as one").catch((error: Error) => error))
    .toEqual([{ one: 1 }]);
  await expectNothingLent(database);
}

export async function expectNothingLent(database: Database): Promise<void> {
  await expect
    .poll(() => {
      const { lent, waiting } = database.stats();
      return { lent, waiting };
    })
    .toEqual({ lent: 0, waiting: 0 });
}

/** For every file of faults: an error that nobody looked at, rejected or thrown, fails its test. */
export function failOnUnhandledRejections(): void {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => void unhandled.push(reason);
  const check = async () => {
    // Node reports them once the microtasks of this turn are done.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled.splice(0)).toEqual([]);
  };
  beforeAll(() => {
    process.on("unhandledRejection", listener);
    process.on("uncaughtExceptionMonitor", listener);
  });
  afterEach(check);
  afterAll(async () => {
    await check();
    process.off("unhandledRejection", listener);
    process.off("uncaughtExceptionMonitor", listener);
  });
}
