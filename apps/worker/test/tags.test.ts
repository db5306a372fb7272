import { createDatabase } from "@scrapersky/db";
import { createQueue } from "@scrapersky/queue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorker } from "../src/worker.ts";
import { type Harness, openHarness } from "./harness.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

test("every statement of a worker says which step sent it", async () => {
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
  const scraping = Promise.withResolvers<void>();
  const worker = createWorker({
    database,
    queue,
    workerId: "tagged",
    concurrency: 1,
    log: { info() {}, warn() {}, error() {} },
    intervals: { poll: 5, gather: 1, cancelled: 5, touch: 5, lost: 5 },
    scrape: async () => {
      await scraping.promise;
      return { kind: "aborted" };
    },
  });
  const batchId = await harness.createBatch(["a.example"]);
  void worker.run();
  const steps = ["claim", "cancelled", "touch", "lost"].map((step) => `worker.${step}`);
  await expect.poll(() => procedures).toEqual(expect.arrayContaining(steps));
  const stopped = worker.stop(0);
  scraping.resolve();
  await stopped;
  await queue.stop();
  await database.close();
  expect(await harness.jobs(batchId)).toEqual({ pending: 1 });
  expect(new Set(procedures)).toEqual(new Set([...steps, "worker.record"]));
});
