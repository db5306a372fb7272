import { expect, test } from "vitest";
import { executeRawSql } from "../../src/index.ts";
import { createMetricsDoor, metricsHooks, Registry, watchPool } from "../../src/observe/index.ts";
import { useWatchedServer } from "./harness.ts";

const server = useWatchedServer();

function watched(config: Parameters<typeof server.open>[0] = {}) {
  const registry = new Registry();
  const database = server.open({ ...config, hooks: [metricsHooks(registry)] });
  watchPool(registry, database);
  /** Value of one line of the page, such as `name{label="x"}`. */
  const read = async (line: string): Promise<number | undefined> => {
    const found = (await registry.metrics()).split("\n").find((row) => row.startsWith(`${line} `));
    return found === undefined ? undefined : Number(found.slice(line.length + 1));
  };
  return { registry, read, ...database };
}

test("statements are measured by outcome, transactions counted by how they ended", async () => {
  const { db, read } = watched();
  await executeRawSql(db, "select 1");
  await expect(executeRawSql(db, "select nonsense")).rejects.toThrow("does not exist");
  await db.transaction((tx) => executeRawSql(tx, "select 1"));
  await expect(
    db.transaction(async (tx) => {
      await executeRawSql(tx, "select 1");
      throw new Error("undone on purpose");
    }),
  ).rejects.toThrow("on purpose");
  await db.transaction(async () => {});
  expect(await read('scrapersky_db_query_seconds_count{outcome="syntax"}')).toBe(1);
  expect(await read('scrapersky_db_query_seconds_count{outcome="ok"}')).toBeGreaterThan(4);
  expect(await read('scrapersky_db_acquire_seconds_count{outcome="ok"}')).toBe(5);
  const outcomes = ["committed", "rolled_back", "empty", "unknown"];
  expect(
    await Promise.all(
      outcomes.map((outcome) => read(`scrapersky_db_transactions_total{outcome="${outcome}"}`)),
    ),
  ).toEqual([1, 1, 1, undefined]);
});

test("a wait that was in vain, a replaced connection, a retry and a leak are counted", async () => {
  const { db, read } = watched({ max: 1, leakAfterMs: 20 });
  await db.transaction(async (tx) => {
    await executeRawSql(tx, "select 1");
    const inVain = executeRawSql(db, "select 1", {}, { timeoutMs: 30 });
    await expect(inVain).rejects.toMatchObject({ kind: "acquire_timeout" });
    await expect.poll(() => read('scrapersky_db_leaks_total{what="transaction"}')).toBe(1);
  });
  expect(await read('scrapersky_db_acquire_seconds_count{outcome="acquire_timeout"}')).toBe(1);
  await expect(
    executeRawSql(db, "select pg_terminate_backend(pg_backend_pid())", {}, { idempotent: true }),
  ).rejects.toMatchObject({ kind: "connection_lost" });
  expect(await read('scrapersky_db_retries_total{what="statement"}')).toBe(2);
  expect(await read('scrapersky_db_connections_replaced_total{reason="died"}')).toBe(3);
});

test("the pool is read when somebody asks", async () => {
  const { db, read } = watched({ min: 0, max: 2 });
  const states = () =>
    Promise.all(
      ["idle", "lent"].map((state) => read(`scrapersky_db_pool_connections{state="${state}"}`)),
    );
  expect(await states()).toEqual([0, 0]);
  await db.transaction(async (tx) => {
    await executeRawSql(tx, "select 1");
    expect(await states()).toEqual([0, 1]);
  });
  expect(await states()).toEqual([1, 0]);
  expect(await read("scrapersky_db_pool_connections_max")).toBe(2);
  expect(await read("scrapersky_db_pool_waiting")).toBe(0);
  expect(await read("scrapersky_db_pool_failing")).toBe(0);
});

test("the page opens with the token only, and does not exist without one", async () => {
  const { registry } = watched();
  const door = createMetricsDoor(registry, "a-token-of-somebody");
  const open = await door("Bearer a-token-of-somebody");
  expect(open).toMatchObject({ status: 200, contentType: registry.contentType });
  expect(open.body).toContain("# TYPE scrapersky_db_query_seconds histogram");
  for (const sent of [undefined, "", "Bearer ", "Bearer a-token-of-somebod", "Basic a-token"]) {
    expect(await door(sent)).toMatchObject({ status: 401, body: "Unauthorized\n" });
  }
  const closed = createMetricsDoor(registry, undefined);
  expect(await closed("Bearer ")).toMatchObject({ status: 404 });
});
