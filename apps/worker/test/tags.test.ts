import { createDatabase } from "@scrapersky/db";
import { Registry } from "@scrapersky/db/observe";
import type { ScrapeResult } from "@scrapersky/outcome";
import { createQueue } from "@scrapersky/queue";
import { readMetrics } from "@scrapersky/testing/metrics";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorker } from "../src/worker.ts";
import { workerMetrics } from "../src/worker-metrics.ts";
import { type Harness, openHarness } from "./harness.ts";

const FAILED: ScrapeResult = {
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

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

test("every statement of a worker says which step sent it, and what ended is counted", async () => {
  const procedures: (string | undefined)[] = [];
  const database = createDatabase({
    url: harness.url,
    max: 2,
    hooks: [
      { query: ({ tags, name }) => name !== "open" && void procedures.push(tags?.procedure) },
    ],
  });
  const queue = createQueue(database);
  await queue.start();
  procedures.length = 0;
  const registry = new Registry();
  const begun = Promise.withResolvers<void>();
  const scraping = Promise.withResolvers<void>();
  const worker = createWorker({
    database,
    queue,
    workerId: "tagged",
    events: workerMetrics(registry),
    concurrency: 2,
    log: { info() {}, warn() {}, error() {} },
    intervals: {
      poll: 5,
      gather: 1,
      cancelled: 5,
      touch: 5,
      lost: 5,
      refill: 5,
      bulk: 5,
      schedules: 5,
    },
    scrape: async (domain) => {
      if (domain === "failing.example") return FAILED;
      begun.resolve();
      await scraping.promise;
      return { kind: "aborted" };
    },
  });
  const failing = await harness.createBatch(["failing.example"]);
  const batchId = await harness.createBatch(["a.example"]);
  void worker.run();
  const steps = [
    "claim",
    "record",
    "cancelled",
    "touch",
    "lost",
    "purge",
    "refill",
    "bulk",
    "cancel",
    "remove",
    "remove-tenants",
    "retire",
    "schedules",
    "forget",
    "drift",
    "tell",
    "orders",
  ].map((step) => `worker.${step}`);
  await expect.poll(() => procedures).toEqual(expect.arrayContaining(steps));
  // All of these may be seen while the second domain still waits in the queue: then nothing is given back.
  await begun.promise;
  const stopped = worker.stop(0);
  scraping.resolve();
  await stopped;
  await queue.stop();
  await database.close();
  expect(await harness.jobs(failing)).toEqual({ failed: 1 });
  expect(await harness.jobs(batchId)).toEqual({ pending: 1 });
  expect(new Set(procedures)).toEqual(new Set([...steps, "worker.release", "worker.leave"]));
  const { value } = readMetrics(await registry.metrics());
  const gone = { outcome: "failed", code: "http_error" };
  expect(value("scrapersky_attempts_total", gone)).toBe(1);
  expect(value("scrapersky_jobs_total", gone)).toBe(1);
  expect(value("scrapersky_visit_requests_total")).toBe(1);
  expect(value("scrapersky_attempts_total", { outcome: "given_back", code: "none" })).toBe(1);
  expect(value("scrapersky_leases_lost_total")).toBe(0);
});
