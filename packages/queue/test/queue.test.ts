import { randomUUID } from "node:crypto";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createQueue,
  installQueue,
  LEASE_SECONDS,
  type Queue,
  SCRAPE_ATTEMPTS_MAX,
  type ScrapeMessage,
} from "../src/index.ts";

let server: EmbeddedPostgres;
let database: Database;
let queue: Queue;

beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`,
    max: 5,
  });
  await Promise.all([installQueue(database), installQueue(database)]);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

beforeEach(async () => {
  queue = createQueue(database);
  await queue.start();
});
afterEach(async () => {
  await queue.stop();
  await executeRawSql(database.db, "delete from pgboss.job");
});

const batchOf = (count: number, overrides: Partial<ScrapeMessage> = {}): ScrapeMessage[] => {
  const batchId = randomUUID();
  return Array.from({ length: count }, (_, position) => ({
    jobId: randomUUID(),
    batchId,
    tenantId: randomUUID(),
    domain: `site-${position}.example`,
    maxPages: 5,
    position,
    maxConcurrent: 100,
    ...overrides,
  }));
};
const send = (messages: ScrapeMessage[]) =>
  database.db.transaction((tx) => queue.sendScrapes(tx, messages));
const claim = (limit: number) => database.db.transaction((tx) => queue.claimScrapes(tx, limit));
const queued = async () =>
  Number(
    (await executeRawSqlOne<{ n: string }>(database.db, "select count(*) as n from pgboss.job"))?.n,
  );

test("messages vanish with a transaction that rolls back", async () => {
  await expect(
    database.db.transaction(async (tx) => {
      await queue.sendScrapes(tx, batchOf(3));
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await queued()).toBe(0);
});

test("a claim carries the message, and two claimers never get the same one", async () => {
  const messages = batchOf(40);
  await send(messages);
  const claims = (await Promise.all([claim(20), claim(20), claim(20)])).flat();
  expect(claims.map(({ jobId }) => jobId).toSorted()).toEqual(
    messages.map(({ jobId }) => jobId).toSorted(),
  );
  expect(claims[0]).toMatchObject({ attempt: 1, last: false, maxPages: 5 });
});

test("a batch never has more than its own limit under way", async () => {
  await send(batchOf(10, { maxConcurrent: 3 }));
  await send(batchOf(10, { maxConcurrent: 2 }));
  const first = await claim(50);
  const perBatch = Map.groupBy(first, ({ batchId }) => batchId);
  expect(Array.from(perBatch.values(), (claims) => claims.length).toSorted()).toEqual([2, 3]);
  expect(await claim(50)).toEqual([]);
  const done = first.find(({ maxConcurrent }) => maxConcurrent === 3)!;
  expect(await database.db.transaction((tx) => queue.completeScrape(tx, done))).toBe(true);
  expect((await claim(50)).map(({ batchId }) => batchId)).toEqual([done.batchId]);
});

test("a small batch is not starved by a large one, and lines run in their order", async () => {
  const large = batchOf(200);
  await send(large);
  await claim(50);
  const small = batchOf(3);
  await send(small);
  const next = await claim(10);
  expect(next.slice(0, 3).map(({ batchId }) => batchId)).toEqual(
    Array.from({ length: 3 }, () => small[0]!.batchId),
  );
  expect(next.slice(3).map(({ position }) => position)).toEqual([50, 51, 52, 53, 54, 55, 56]);
});

test("a claim is settled once; a stale attempt settles nothing", async () => {
  await send(batchOf(1));
  const [first] = await claim(1);
  const retry = (delayMs: number) =>
    database.db.transaction((tx) => queue.retryScrape(tx, first!, delayMs));
  expect(await retry(0)).toBe(true);
  expect(await retry(0)).toBe(false);
  const [second] = await claim(1);
  expect(second).toMatchObject({ jobId: first!.jobId, attempt: 2, last: false });
  const complete = (of: typeof second) =>
    database.db.transaction((tx) => queue.completeScrape(tx, of!));
  expect(await complete(first)).toBe(false);
  expect(await complete(second)).toBe(true);
  expect(await complete(second)).toBe(false);
});

test("a completion rolls back with its transaction", async () => {
  await send(batchOf(1));
  const [mine] = await claim(1);
  await expect(
    database.db.transaction(async (tx) => {
      await queue.completeScrape(tx, mine!);
      throw new Error("the result could not be stored");
    }),
  ).rejects.toThrow("stored");
  expect(await database.db.transaction((tx) => queue.completeScrape(tx, mine!))).toBe(true);
});

test("a delayed retry is not offered before its time", async () => {
  await send(batchOf(1));
  const [mine] = await claim(1);
  await database.db.transaction((tx) => queue.retryScrape(tx, mine!, 60_000));
  expect(await claim(1)).toEqual([]);
  const due = await executeRawSqlOne<{ soon: boolean }>(
    database.db,
    "select start_after between now() + interval '50 s' and now() + interval '61 s' as soon from pgboss.job where id = :id",
    { id: mine!.jobId },
  );
  expect(due?.soon).toBe(true);
});

test("cancelled messages are offered to nobody, and a claim on one is lost", async () => {
  const messages = batchOf(5);
  await send(messages);
  const [mine] = await claim(1);
  await database.db.transaction((tx) =>
    queue.cancelScrapes(
      tx,
      messages.map(({ jobId }) => jobId),
    ),
  );
  expect(await claim(5)).toEqual([]);
  expect(await database.db.transaction((tx) => queue.completeScrape(tx, mine!))).toBe(false);
});

test("a lease that nobody renews passes on, and after the last attempt the job comes out as lost", async () => {
  const watching = createQueue(database, { supervise: true, superviseSeconds: 1 });
  await watching.start();
  const [message] = batchOf(1);
  await send([message!]);
  const age = (seconds: number) =>
    executeRawSql(
      database.db,
      "update pgboss.job set heartbeat_on = now() - make_interval(secs => :seconds)",
      { seconds },
    );
  for (let attempt = 1; attempt <= SCRAPE_ATTEMPTS_MAX; attempt++) {
    const [mine] = await expect
      .poll(
        async () => {
          await executeRawSql(
            database.db,
            "update pgboss.job set start_after = now() where state = 'retry'",
          );
          return claim(1);
        },
        { timeout: 20_000 },
      )
      .toHaveLength(1)
      .then(() =>
        executeRawSql<{ retry_count: number }>(
          database.db,
          "select retry_count from pgboss.job where state = 'active'",
        ),
      );
    expect(mine?.retry_count).toBe(attempt - 1);
    await age(LEASE_SECONDS + 1);
  }
  await expect
    .poll(() => database.db.transaction((tx) => queue.takeLost(tx, 10)), { timeout: 20_000 })
    .toEqual([message!.jobId]);
  await watching.stop();
}, 60_000);

test("a renewed lease is kept", async () => {
  const watching = createQueue(database, { supervise: true, superviseSeconds: 1 });
  await watching.start();
  await send(batchOf(1));
  const [mine] = await claim(1);
  await executeRawSql(database.db, "update pgboss.job set heartbeat_on = now() - interval '14 s'");
  await queue.touchScrapes([mine!]);
  const fresh = await executeRawSqlOne<{ fresh: boolean }>(
    database.db,
    "select heartbeat_on > now() - interval '2 s' as fresh from pgboss.job",
  );
  expect(fresh?.fresh).toBe(true);
  await watching.stop();
});
