import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { createQueue, type Queue, SCRAPE } from "@scrapersky/queue";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Scrape } from "../src/scrape-call.ts";
import { createWorker, type Worker } from "../src/worker.ts";
import { type Harness, openHarness } from "./harness.ts";

let harness: Harness;
let database: Database;
let queue: Queue;
let worker: Worker;
/** How often each step of the worker has asked so far. */
let asked: Map<string, number>;
/** Sites that somebody is at, each with what lets it end. */
let visits: Map<string, () => void>;

const metrics = {
  requests: 1,
  pages: 0,
  bytes: 0,
  fetchMs: 1,
  parseMs: 0,
  httpStatus: 410,
  finalUrl: null,
};

const held: Scrape = (domain, { signal }) =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve({ kind: "aborted" }));
    visits.set(domain, () => {
      visits.delete(domain);
      resolve({ kind: "failed", code: "http_error", message: "Gone.", metrics });
    });
  });

beforeAll(async () => (harness = await openHarness()));
afterAll(() => harness.close());
beforeEach(async () => {
  asked = new Map();
  visits = new Map();
  database = createDatabase({
    url: harness.url,
    max: 4,
    hooks: [
      {
        query: ({ tags: { procedure = "" } = {} }) =>
          void asked.set(procedure, (asked.get(procedure) ?? 0) + 1),
      },
    ],
  });
  queue = createQueue(database);
  await queue.start();
  worker = createWorker({
    database,
    queue,
    workerId: "ordered",
    version: "1.2.3",
    concurrency: 4,
    log: { info() {}, warn() {}, error() {} },
    intervals: { poll: 10, gather: 1, orders: 10, tell: 10, refill: 20, cancelled: 20 },
    scrape: held,
  });
  void worker.run();
});
afterEach(async () => {
  await worker.stop(0);
  await queue.stop();
  await database.close();
});

const run = (sql: string) => executeRawSql(harness.database.db, sql);
const told = () =>
  executeRawSqlOne<{ state: string; running: number; version: string; concurrency: number }>(
    harness.database.db,
    "select state, running, version, concurrency from app.workers where id = 'ordered'",
  );
/** Until a step has asked some times more: whatever it would have done by then it does not do. */
const asksMore = async (step: "claim" | "orders") => {
  const count = () => asked.get(`worker.${step}`) ?? 0;
  const before = count();
  await expect.poll(count, { interval: 10 }).toBeGreaterThanOrEqual(before + 10);
};

test("a worker tells what it is and does, and leaves when it stops", async () => {
  await expect
    .poll(told)
    .toEqual({ state: "claiming", running: 0, version: "1.2.3", concurrency: 4 });
  await harness.createBatch(["told.example"]);
  await expect.poll(told).toMatchObject({ running: 1 });
  visits.get("told.example")?.();
  await expect.poll(told).toMatchObject({ running: 0 });
  await worker.stop(0);
  expect(await told()).toBeUndefined();
});

test("of a paused queue nothing is claimed, what was claimed goes on, and it is resumed", async () => {
  const before = await harness.createBatch(["before.example"]);
  await expect.poll(() => [...visits.keys()]).toEqual(["before.example"]);
  await harness.database.db.transaction((tx) => queue.pauseQueue(tx, { queue: SCRAPE, by: null }));
  const after = await harness.createBatch(["after.example", "later.example"]);
  await asksMore("claim");
  expect([...visits.keys()]).toEqual(["before.example"]);
  expect(await harness.jobs(after)).toEqual({ pending: 2 });
  visits.get("before.example")?.();
  await expect.poll(() => harness.jobs(before)).toEqual({ failed: 1 });
  await asksMore("claim");
  expect(await harness.jobs(after)).toEqual({ pending: 2 });
  expect(await queue.countMessages(harness.database.db)).toMatchObject([
    { queue: SCRAPE, waiting: 2, claimed: 0 },
    { waiting: 0, claimed: 0 },
  ]);
  await harness.database.db.transaction((tx) => queue.resumeQueue(tx, SCRAPE));
  await expect
    .poll(() => [...visits.keys()].toSorted())
    .toEqual(["after.example", "later.example"]);
  expect((await queue.findClaimed(harness.database.db, 1)).length).toBe(1);
  for (const leave of visits.values()) leave();
  await expect.poll(() => harness.jobs(after)).toEqual({ failed: 2 });
});

test("a draining worker ends what it has and claims nothing more, until it is resumed", async () => {
  await harness.createBatch(["first.example"]);
  await expect.poll(() => [...visits.keys()]).toEqual(["first.example"]);
  await run("update app.workers set state = 'draining' where id = 'ordered'");
  await asksMore("orders");
  const waiting = await harness.createBatch(["second.example"]);
  visits.get("first.example")?.();
  await expect.poll(told).toMatchObject({ state: "draining", running: 0 });
  await asksMore("orders");
  expect(await harness.jobs(waiting)).toEqual({ pending: 1 });
  await run("update app.workers set state = 'claiming' where id = 'ordered'");
  await expect.poll(() => [...visits.keys()]).toEqual(["second.example"]);
});

test("a worker whose row was taken away tells again, and works", async () => {
  await expect.poll(told).toMatchObject({ state: "claiming" });
  await run("delete from app.workers");
  await expect.poll(told).toMatchObject({ state: "claiming" });
  await asksMore("claim");
});
