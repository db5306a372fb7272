import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { generateSites, startSites } from "@scrapersky/testing/sites";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Harness, openHarness } from "./harness.ts";
import { ended, type SpawnedWorker, spawnWorker } from "./spawn-worker.ts";

const DOMAINS = 200;
/** As many sites as are visited at once say nothing until they are released: who gets there stands still. */
const CONCURRENCY = 20;
const HELD_FROM = 40;

let harness: Harness;
let folder: string;
let allowFile: string;
let sites: Awaited<ReturnType<typeof startSites>>;
let held: PromiseWithResolvers<void>;
const processes: ChildProcess[] = [];

function startWorker(): SpawnedWorker {
  const worker = spawnWorker({ url: harness.url, sitesFile: allowFile, concurrency: CONCURRENCY });
  processes.push(worker.child);
  return worker;
}

beforeAll(async () => {
  harness = await openHarness();
  folder = await mkdtemp(join(tmpdir(), "scrapersky-worker-"));
  allowFile = join(folder, "sites.json");
  sites = await startSites({
    sites: generateSites({ count: DOMAINS, pages: 2, seed: 7 }).map((site, at) =>
      at < HELD_FROM || at >= HELD_FROM + CONCURRENCY
        ? site
        : { ...site, answer: (request) => ({ ...site.answer(request), after: held.promise }) },
    ),
    https: false,
  });
  sites.writeAllowFile(allowFile);
});
beforeEach(() => void (held = Promise.withResolvers()));
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

const createBatch = () =>
  harness.createBatch(
    sites.sites.map(({ name }) => name),
    { maxConcurrent: CONCURRENCY },
  );

/** Until the worker stands: what it holds fails after a while and is asked again, so more may end where that takes long. */
const standing = (batchId: string): Promise<void> =>
  expect.poll(async () => (await harness.jobs(batchId)).complete).toBeGreaterThanOrEqual(HELD_FROM);

test("a worker killed in the middle of 200 domains: the next one ends the batch, nothing lost, nothing counted twice", async () => {
  const batchId = await createBatch();
  const { child: first } = startWorker();
  await standing(batchId);
  first.kill("SIGKILL");
  await ended(first);
  const { complete = 0, running = 0, pending = 0 } = await harness.jobs(batchId);
  expect(running).toBeGreaterThan(0);
  expect(complete + running + pending).toBe(DOMAINS);
  expect((await harness.batch(batchId)).completed_domains).toBe(complete);

  held.resolve();
  startWorker();
  await expect.poll(() => harness.batch(batchId), { interval: 200 }).toMatchObject({ ended: true });

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
    "select outcome, count(*)::int as n from app.job_attempts where outcome in ('done', 'lost') group by outcome order by outcome",
  );
  expect(attempts).toEqual([
    { outcome: "done", n: DOMAINS },
    { outcome: "lost", n: running },
  ]);
});

test("SIGTERM lets the worker end what it runs and leaves no job running", async () => {
  const batchId = await createBatch();
  const { child, said } = startWorker();
  await standing(batchId);
  child.kill("SIGTERM");
  await expect.poll(said).toContain("stopping");
  held.resolve();
  await ended(child);
  expect(child.exitCode).toBe(0);
  // What the few seconds of a stop do not suffice for is given back.
  const { complete = 0, ...rest } = await harness.jobs(batchId);
  expect(rest).toEqual({ pending: DOMAINS - complete });
  expect(complete).toBeGreaterThanOrEqual(HELD_FROM);
  expect(complete).toBeLessThan(DOMAINS);
});
