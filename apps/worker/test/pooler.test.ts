import { executeRawSqlOne } from "@scrapersky/db";
import { scrape } from "@scrapersky/scraper";
import { getTestServer, preparePgBouncer, startPgBouncer } from "@scrapersky/testing/database";
import { generateSites, startSites } from "@scrapersky/testing/sites";
import { expect, test } from "vitest";
import { createWorker } from "../src/worker.ts";
import { openHarness } from "./harness.ts";

const DOMAINS = 60;

test.runIf(await preparePgBouncer())(
  "behind PgBouncer in transaction mode, with fewer servers than slots, two workers end a batch together",
  async () => {
    const pooler = await startPgBouncer({ target: getTestServer(), poolSize: 3 });
    const harness = await openHarness((name) => pooler.url(name));
    const sites = await startSites({
      sites: generateSites({ count: DOMAINS, pages: 3, seed: 11 }),
      https: false,
    });
    const workers = ["one", "two"].map((workerId) =>
      createWorker({
        database: harness.database,
        queue: harness.queue,
        workerId,
        concurrency: 8,
        log: { info() {}, warn() {}, error() {} },
        intervals: { poll: 50, gather: 5 },
        scrape: (domain, options) =>
          scrape(domain, { ...options, allow: sites.allow, limits: { hostDelayMs: 0 } }),
      }),
    );
    try {
      const batchId = await harness.createBatch(sites.sites.map(({ name }) => name));
      for (const worker of workers) void worker.run();
      await expect
        .poll(() => harness.batch(batchId), { interval: 100 })
        .toMatchObject({ ended: true });
      expect(await harness.batch(batchId)).toMatchObject({
        status: "complete",
        completed_domains: DOMAINS,
        failed_domains: 0,
      });
      expect(
        await executeRawSqlOne(
          harness.database.db,
          "select count(*)::int as attempts, count(distinct worker_id)::int as workers from app.job_attempts",
        ),
      ).toEqual({ attempts: DOMAINS, workers: 2 });
    } finally {
      await Promise.all(workers.map((worker) => worker.stop(0)));
      await harness.close();
      await sites.close();
      await pooler.stop();
    }
  },
  60_000,
);
