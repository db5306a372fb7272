import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { executeRawSql } from "@scrapersky/db";
import { Registry } from "@scrapersky/db/observe";
import { findTarget, readBackup, writeBackup } from "@scrapersky/db/backup";
import type { ScrapeResult } from "@scrapersky/outcome";
import { readMetrics } from "@scrapersky/testing/metrics";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorker } from "../src/worker.ts";
import { type WorkerEvents, workerMetrics } from "../src/worker-metrics.ts";
import { type Harness, openHarness } from "./harness.ts";

const DOMAINS = ["a", "b", "c", "d", "e", "f"].map((name) => `${name}.example`);
const GONE: ScrapeResult = {
  kind: "failed",
  code: "http_error",
  message: "The site answered 410.",
  metrics: {
    requests: 1,
    pages: 0,
    bytes: 0,
    fetchMs: 1,
    parseMs: 0,
    httpStatus: 410,
    finalUrl: null,
  },
};

let source: Harness;
let target: Harness;
beforeAll(async () => {
  [source, target] = await Promise.all([openHarness(), openHarness()]);
});
afterAll(() => Promise.all([source.close(), target.close()]));

const startWorker = (
  { database, queue }: Harness,
  scrape: (domain: string) => Promise<ScrapeResult>,
  events?: WorkerEvents,
) =>
  createWorker({
    database,
    queue,
    workerId: "restored",
    concurrency: 2,
    events,
    log: { info() {}, warn() {}, error() {} },
    intervals: { poll: 10 },
    scrape,
  });

test("a copy of the middle of a batch is the middle of a batch: what was claimed passes on, nothing is lost or counted twice", async () => {
  const batchId = await source.createBatch(DOMAINS);
  const held = Promise.withResolvers<void>();
  const worker = startWorker(source, async (domain) => {
    if (domain === "a.example" || domain === "b.example") return GONE;
    await held.promise;
    return { kind: "aborted" };
  });
  const ended = worker.run();
  await expect.poll(() => source.jobs(batchId)).toEqual({ failed: 2, running: 2, pending: 2 });

  const pieces: (Buffer | string)[] = [];
  const { newest = "", queue = 0 } = await findTarget(source.database.db);
  const facts = { version: "test", at: "", newest, queue };
  const { totals } = await source.database.db.transaction(
    (tx) => writeBackup(tx, facts, async (piece) => void pieces.push(piece)),
    { isolation: "repeatable read", readOnly: true },
  );
  held.resolve();
  await worker.stop(0);
  await ended;

  const lines = Buffer.concat(pieces.map((piece) => Buffer.from(piece)))
    .toString()
    .split("\n")
    .slice(1);
  async function* each() {
    yield* lines;
  }
  const restored = await target.database.db.transaction((tx) => readBackup(tx, each()));
  expect(restored).toEqual(totals);
  expect(await target.jobs(batchId)).toEqual({ failed: 2, running: 2, pending: 2 });
  const env = { PATH: process.env.PATH, DATABASE_URL: target.url };
  const doctor = [join(import.meta.dirname, "../../cli/dist/db.js"), "doctor"];
  // It ends with another code where it finds something.
  await promisify(execFile)(process.execPath, doctor, { env });
  // As if the time of their leases had passed.
  await executeRawSql(
    target.database.db,
    "update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'",
  );
  const registry = new Registry();
  const other = startWorker(target, async () => GONE, workerMetrics(registry));
  const over = other.run();
  await expect.poll(() => target.jobs(batchId)).toEqual({ failed: 6 });
  await other.stop(0);
  await over;
  expect(await target.batch(batchId)).toMatchObject({
    status: "failed",
    failed_domains: 6,
    completed_domains: 0,
    ended: true,
  });
  expect(readMetrics(await registry.metrics()).value("scrapersky_leases_lost_total")).toBe(2);
});
