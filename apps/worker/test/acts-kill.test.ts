import { executeRawSql } from "@scrapersky/db";
import { expect, test } from "vitest";
import { killNow, useKillGround } from "./kill-ground.ts";

// Each act on a batch or a job whose worker was killed at its sites: what the worker held is not waited for, and the
// next one leaves nothing undone.

const DOMAINS = 12;
const CONCURRENCY = 4;
/** All sites say nothing until they are released: who gets there stands still. */
const STILL = { running: CONCURRENCY, pending: DOMAINS - CONCURRENCY };

const ground = useKillGround({ sites: DOMAINS, concurrency: CONCURRENCY, seed: 11 });

/** A batch in whose middle the only worker was killed: its claims are still there. */
async function killedInTheMiddle(): Promise<string> {
  const { harness } = ground;
  const batchId = await harness.createBatch(ground.names(), { maxConcurrent: CONCURRENCY });
  const { child } = ground.startWorker();
  await expect.poll(() => harness.jobs(batchId)).toEqual(STILL);
  await killNow(child);
  return batchId;
}

const outcomesOf = async (batchId: string) => {
  const rows = await executeRawSql<{ outcome: string; n: number }>(
    ground.harness.database.db,
    `select a.outcome, count(*)::int as n from app.job_attempts a join jobs j on j.job_id = a.job_id
     where j.batch_id = :batchId::uuid group by a.outcome`,
    { batchId },
  );
  return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
};

test("pausing: what was held waits at once, nothing of it runs, and all of it ends once it is resumed", async () => {
  const { harness } = ground;
  const batchId = await killedInTheMiddle();
  await harness.pauseBatch(batchId);
  expect(await harness.jobs(batchId)).toEqual({ pending: DOMAINS });
  const other = await harness.createBatch(ground.names().slice(0, 2), { maxConcurrent: 2 });
  ground.release();
  ground.startWorker();
  await expect.poll(() => harness.batch(other), { interval: 200 }).toMatchObject({ ended: true });
  expect(await harness.jobs(batchId)).toEqual({ pending: DOMAINS });
  await harness.resumeBatch(batchId);
  await expect.poll(() => harness.batch(batchId), { interval: 200 }).toMatchObject({ ended: true });
  expect(await harness.jobs(batchId)).toEqual({ complete: DOMAINS });
  // The tries of the killed worker are there and do not count.
  expect(await outcomesOf(batchId)).toEqual({ cancelled: CONCURRENCY, done: DOMAINS });
});

test("cancelling a batch, and deleting it: nothing of it runs, and a worker removes it", async () => {
  const { harness } = ground;
  const batchId = await killedInTheMiddle();
  await harness.cancelBatch(batchId);
  expect(await harness.jobs(batchId)).toEqual({ cancelled: DOMAINS });
  expect(await outcomesOf(batchId)).toEqual({ cancelled: CONCURRENCY });
  await harness.deleteBatch(batchId);
  ground.startWorker();
  await expect.poll(() => harness.jobs(batchId), { interval: 200 }).toEqual({});
  const rows = () =>
    executeRawSql(
      harness.database.db,
      "select 1 as one from batch_jobs where batch_id = :batchId::uuid",
      { batchId },
    );
  await expect.poll(rows, { interval: 200 }).toEqual([]);
});

test("cancelling one job and letting it run again: the others pass on, and it ends with them", async () => {
  const { harness } = ground;
  const batchId = await killedInTheMiddle();
  const [row] = await executeRawSql<{ domain: string }>(
    harness.database.db,
    `select s.domain from app.scrape_jobs s join jobs j on j.job_id = s.job_id
     where s.batch_id = :batchId::uuid and j.status = 'running' order by s.position limit 1`,
    { batchId },
  );
  const domain = row?.domain ?? "";
  await harness.cancelJob(batchId, domain);
  expect(await harness.jobs(batchId)).toMatchObject({ cancelled: 1, running: CONCURRENCY - 1 });
  await harness.retryJob(batchId, domain);
  ground.release();
  ground.startWorker();
  await expect.poll(() => harness.batch(batchId), { interval: 200 }).toMatchObject({ ended: true });
  expect(await harness.jobs(batchId)).toEqual({ complete: DOMAINS });
  expect(await outcomesOf(batchId)).toEqual({
    cancelled: 1,
    lost: CONCURRENCY - 1,
    done: DOMAINS,
  });
});
