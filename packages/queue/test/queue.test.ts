import { randomUUID } from "node:crypto";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
    domain: `site-${position}.${batchId}.example`,
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

test("claimers at the same time keep to a batch's limit together", async () => {
  for (let round = 0; round < 5; round++) {
    await send(batchOf(60, { maxConcurrent: 3 }));
    const claims = (await Promise.all([claim(3), claim(3), claim(3), claim(3)])).flat();
    expect(claims).toHaveLength(3);
    await executeRawSql(database.db, "delete from pgboss.job");
  }
});

describe("one visit per site", () => {
  const waiters = (count: number) =>
    Array.from({ length: count }, () => batchOf(1, { domain: "slow.example" })[0]!);
  const due = () =>
    executeRawSql(database.db, "update pgboss.job set start_after = now() where state < 'active'");

  test("claimers at the same time get a site once; who waits for it holds nothing up", async () => {
    await send(waiters(30));
    const others = batchOf(2);
    await send(others);
    const claims = (await Promise.all([claim(4), claim(4), claim(4)])).flat();
    expect(claims.map(({ domain }) => domain).toSorted()).toEqual(
      [...others.map(({ domain }) => domain), "slow.example"].toSorted(),
    );
  });

  test("waiting uses no attempt and no lease, and ends when the site is free", async () => {
    await send(waiters(2));
    const [first, ...rest] = await claim(2);
    expect(rest).toEqual([]);
    for (let look = 0; look < 5; look++) {
      await due();
      expect(await claim(1)).toEqual([]);
    }
    const idle =
      "select started_on, heartbeat_on, retry_count from pgboss.job where state <> 'active'";
    expect(await executeRawSql(database.db, idle)).toEqual([
      { started_on: null, heartbeat_on: null, retry_count: 0 },
    ]);
    await database.db.transaction((tx) => queue.completeScrape(tx, first!));
    await due();
    expect(await claim(1)).toMatchObject([{ domain: "slow.example", attempt: 1, last: false }]);
  });

  test("the pause of who waits grows, up to half a minute", async () => {
    await send(waiters(2));
    await claim(2);
    const pauses = [];
    for (let look = 0; look < 8; look++) {
      const row = await executeRawSqlOne<{ seconds: number }>(
        database.db,
        "select extract(epoch from start_after - now())::float8 as seconds from pgboss.job where state = 'created'",
      );
      pauses.push(row!.seconds);
      await due();
      await claim(1);
    }
    expect(pauses[0]).toBeLessThanOrEqual(1);
    expect(pauses[7]).toBeGreaterThan(10);
    expect(pauses[7]).toBeLessThanOrEqual(30);
  });

  test("a site that a cancelled job is still leaving is not offered to the next", async () => {
    await send(waiters(1));
    const offered = (jobId: string) =>
      database.db.transaction((tx) =>
        queue.claimScrapes(tx, 1, [{ jobId, domain: "slow.example" }]),
      );
    expect(await offered(randomUUID())).toEqual([]);
    await due();
    expect(await claim(1)).toHaveLength(1);
  });
});

test("a released claim is offered again at once, with its attempt, however often", async () => {
  await send(batchOf(1));
  for (let again = 0; again < SCRAPE_ATTEMPTS_MAX + 2; again++) {
    const [mine] = await claim(1);
    expect(mine).toMatchObject({ attempt: 1, last: false });
    const release = () => database.db.transaction((tx) => queue.releaseScrape(tx, mine!));
    expect(await release()).toBe(true);
    expect(await release()).toBe(false);
  }
  const [first] = await claim(1);
  await database.db.transaction((tx) => queue.retryScrape(tx, first!, 0));
  const [second] = await claim(1);
  await database.db.transaction((tx) => queue.releaseScrape(tx, second!));
  expect(await database.db.transaction((tx) => queue.completeScrape(tx, second!))).toBe(false);
  expect(await claim(1)).toMatchObject([{ attempt: 2 }]);
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
      .poll(async () => {
        await executeRawSql(
          database.db,
          "update pgboss.job set start_after = now() where state = 'retry'",
        );
        return claim(1);
      })
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
    .poll(() => database.db.transaction((tx) => queue.takeLost(tx, 10)))
    .toEqual([message!.jobId]);
  await watching.stop();
});

test("the time of a claim that has yet to begin does not run", async () => {
  await send(batchOf(2));
  const claims = await claim(2);
  await executeRawSql(
    database.db,
    "update pgboss.job set started_on = started_on - interval '1 hour'",
  );
  await queue.touchScrapes(claims, [claims[1]!]);
  const rows = await executeRawSql(
    database.db,
    "select id, started_on > now() - interval '1 minute' as fresh from pgboss.job order by -priority",
  );
  expect(rows).toEqual([
    { id: claims[0]!.jobId, fresh: false },
    { id: claims[1]!.jobId, fresh: true },
  ]);
});

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
