import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { generateSites, startSites } from "@scrapersky/testing/sites";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Harness, openHarness } from "./harness.ts";

const DOMAINS = 200;

let harness: Harness;
let folder: string;
let allowFile: string;
let sites: Awaited<ReturnType<typeof startSites>>;
const processes: ChildProcess[] = [];

/** The worker as it is run: a process of its own. */
function spawnWorker(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../dist/main.js")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      DATABASE_URL: harness.url,
      WORKER_CONCURRENCY: "20",
      SCRAPER_SITES_FILE: allowFile,
      SCRAPER_DELAY_MS: "0",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  processes.push(child);
  return child;
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once("exit", () => resolve()));

beforeAll(async () => {
  harness = await openHarness();
  folder = await mkdtemp(join(tmpdir(), "scrapersky-worker-"));
  allowFile = join(folder, "sites.json");
  sites = await startSites({
    sites: generateSites({ count: DOMAINS, pages: 2, seed: 7 }),
    https: false,
    latencyMs: 10,
  });
  sites.writeAllowFile(allowFile);
});
afterEach(async () => {
  for (const child of processes.splice(0)) {
    child.kill("SIGKILL");
    await ended(child);
  }
});
afterAll(async () => {
  await harness.close();
  await sites.close();
  await rm(folder, { recursive: true });
});

const finished = async (batchId: string) => {
  const { complete = 0, failed = 0 } = await harness.jobs(batchId);
  return complete + failed;
};

test("a worker killed in the middle of 200 domains: the next one ends the batch, nothing lost, nothing counted twice", async () => {
  const batchId = await harness.createBatch(
    sites.sites.map(({ name }) => name),
    { maxConcurrent: 20 },
  );
  const first = spawnWorker();
  await expect.poll(() => finished(batchId), { timeout: 20_000, interval: 20 }).toBeGreaterThan(20);
  first.kill("SIGKILL");
  await ended(first);
  const atDeath = await harness.jobs(batchId);
  expect(atDeath.complete).toBeLessThan(DOMAINS);
  expect(atDeath.running).toBeGreaterThan(0);
  expect((await harness.batch(batchId)).completed_domains).toBe(atDeath.complete);

  spawnWorker();
  await expect
    .poll(() => harness.batch(batchId), { timeout: 60_000, interval: 200 })
    .toMatchObject({ ended: true });

  expect(await harness.jobs(batchId)).toEqual({ complete: DOMAINS });
  expect(await harness.batch(batchId)).toMatchObject({
    status: "complete",
    total_domains: DOMAINS,
    completed_domains: DOMAINS,
    failed_domains: 0,
    progress: 1,
  });
  const { db } = harness.database;
  expect(
    await executeRawSqlOne(
      db,
      "select count(*)::int as n from domains where content_scrape_status = 'Completed'",
    ),
  ).toEqual({
    n: DOMAINS,
  });
  const attempts = await executeRawSql<{ outcome: string; n: number }>(
    db,
    "select outcome, count(*)::int as n from app.job_attempts group by outcome order by outcome",
  );
  expect(attempts).toEqual([
    { outcome: "done", n: DOMAINS },
    { outcome: "lost", n: atDeath.running },
  ]);
}, 120_000);

test("SIGTERM lets the worker end what it runs and leaves no job running", async () => {
  const batchId = await harness.createBatch(
    sites.sites.map(({ name }) => name),
    { maxConcurrent: 20 },
  );
  const worker = spawnWorker();
  await expect.poll(() => finished(batchId), { timeout: 20_000, interval: 20 }).toBeGreaterThan(5);
  worker.kill("SIGTERM");
  await ended(worker);
  expect(worker.exitCode).toBe(0);
  const { running = 0, pending = 0, complete = 0 } = await harness.jobs(batchId);
  expect(running).toBe(0);
  expect(pending + complete).toBe(DOMAINS);
  expect(pending).toBeGreaterThan(0);
}, 60_000);
