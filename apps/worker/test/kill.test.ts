import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { expect, test } from "vitest";
import { killNow, useKillGround } from "./kill-ground.ts";
import { ended } from "./spawn-worker.ts";

const DOMAINS = 200;
/** As many sites as are visited at once say nothing until they are released: who gets there stands still. */
const CONCURRENCY = 20;
const HELD_FROM = 40;

const ground = useKillGround({
  sites: DOMAINS,
  concurrency: CONCURRENCY,
  seed: 7,
  isHeld: (at) => at >= HELD_FROM && at < HELD_FROM + CONCURRENCY,
});

const createBatch = () =>
  ground.harness.createBatch(ground.names(), { maxConcurrent: CONCURRENCY });

/** Until the worker stands: what it holds fails after a while and is asked again, so more may end where that takes long. */
const standing = (batchId: string): Promise<void> =>
  expect
    .poll(async () => (await ground.harness.jobs(batchId)).complete)
    .toBeGreaterThanOrEqual(HELD_FROM);

test("a worker killed in the middle of 200 domains: the next one ends the batch, nothing lost, nothing counted twice", async () => {
  const { harness } = ground;
  const batchId = await createBatch();
  const { child: first } = ground.startWorker();
  await standing(batchId);
  await killNow(first);
  const { complete = 0, running = 0, pending = 0 } = await harness.jobs(batchId);
  expect(running).toBeGreaterThan(0);
  expect(complete + running + pending).toBe(DOMAINS);
  expect((await harness.batch(batchId)).completed_domains).toBe(complete);

  ground.release();
  ground.startWorker();
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
  const { harness } = ground;
  const batchId = await createBatch();
  const { child, said } = ground.startWorker();
  await standing(batchId);
  child.kill("SIGTERM");
  await expect.poll(said).toContain("stopping");
  ground.release();
  await ended(child);
  expect(child.exitCode).toBe(0);
  // What the few seconds of a stop do not suffice for is given back.
  const { complete = 0, ...rest } = await harness.jobs(batchId);
  expect(rest).toEqual({ pending: DOMAINS - complete });
  expect(complete).toBeGreaterThanOrEqual(HELD_FROM);
  expect(complete).toBeLessThan(DOMAINS);
});
