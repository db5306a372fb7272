import { createDatabase, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { getTestServer, preparePgBouncer, startPgBouncer } from "@scrapersky/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listenForWork } from "../src/listening.ts";
import { createOutageLog } from "../src/outage-log.ts";
import { createWorker } from "../src/worker.ts";
import { FAILED_SCRAPE, type Harness, openHarness } from "./harness.ts";

const silent = { info() {}, warn() {}, error() {} };
const HOUR_MS = 3_600_000;

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

const LISTENING = "query ilike 'listen %scrapersky_work%' and datname = current_database()";
const listeners = async () => {
  const row = await executeRawSqlOne<{ count: number }>(
    harness.database.db,
    `select count(*)::int as count from pg_stat_activity where ${LISTENING}`,
  );
  return row?.count;
};
const ended = (batchId: string) =>
  expect.poll(() => harness.batch(batchId)).toMatchObject({ ended: true });

test("a worker that would look again in an hour is told of a batch, and of those that came while its connection was cut", async () => {
  const worker = createWorker({
    database: harness.database,
    queue: harness.queue,
    scrape: () => Promise.resolve(FAILED_SCRAPE),
    workerId: "hears",
    concurrency: 4,
    log: silent,
    intervals: { poll: HOUR_MS },
  });
  const run = worker.run();
  await expect.poll(listeners).toBe(1);
  await ended(await harness.createBatch(["a.example", "b.example"]));
  await executeRawSql(
    harness.database.db,
    `select pg_terminate_backend(pid) from pg_stat_activity where ${LISTENING}`,
  );
  await ended(await harness.createBatch(["c.example"]));
  await worker.stop(10_000);
  await run;
  await expect.poll(listeners).toBe(0);
});

test("what a small pool has is not kept for it", async () => {
  const database = createDatabase({ url: harness.url, max: 3 });
  try {
    await listenForWork(
      database,
      () => expect.unreachable(),
      createOutageLog(silent),
      new AbortController().signal,
    );
  } finally {
    await database.close();
  }
});

test.runIf(await preparePgBouncer())(
  "behind PgBouncer in transaction mode nobody listens, and that is no fault",
  async () => {
    const faults: unknown[] = [];
    const pooler = await startPgBouncer({ target: getTestServer(), poolSize: 3 });
    const database = createDatabase({
      url: pooler.url(new URL(harness.url).pathname.slice(1)),
      max: 10,
    });
    try {
      const log = createOutageLog({ ...silent, warn: (told) => void faults.push(told) });
      await listenForWork(database, () => expect.unreachable(), log, new AbortController().signal);
      expect(faults).toEqual([]);
    } finally {
      await database.close();
      await pooler.stop();
    }
  },
);
