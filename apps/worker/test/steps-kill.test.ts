import { randomUUID } from "node:crypto";
import { startBulk } from "@scrapersky/api/services";
import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { expect, test } from "vitest";
import type { Harness } from "./harness.ts";
import { killNow, useKillGround } from "./kill-ground.ts";

// What a worker does in steps, each a transaction, and was killed in the middle of one: the next worker goes on from the
// last commit, and nothing is done twice.

const ground = useKillGround({ sites: 1, concurrency: 1, seed: 13 });

/** Holds a job's row until `work` is done, which is to wait for somebody who needs it. */
const whileHeld = (jobId: string, work: () => Promise<void>): Promise<void> =>
  ground.harness.database.db.transaction(async (tx) => {
    await executeRawSql(tx, "select from jobs where job_id = :jobId::uuid for update", { jobId });
    await work();
  });

/** How many wait for a row that somebody else has. */
const waiting = async (): Promise<number> => {
  const row = await executeRawSqlOne<{ count: number }>(
    ground.harness.database.db,
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and wait_event = 'transactionid'`,
  );
  return row?.count ?? 0;
};

const jobAt = async (batchId: string, position: number): Promise<string> => {
  const row = await executeRawSqlOne<{ job_id: string }>(
    ground.harness.database.db,
    "select job_id from app.scrape_jobs where batch_id = :batchId::uuid and position = :position::int",
    { batchId, position },
  );
  return row?.job_id ?? "";
};

const createBatch = (size: number) =>
  ground.harness.createBatch(
    Array.from({ length: size }, (_, at) => `site-${at}.example`),
    { maxConcurrent: 1 },
  );

/** Kills a worker that has come so far and waits for the row of this job, and leaves the rest to another one. */
async function killAt(jobId: string, state: () => Promise<unknown>, reached: unknown) {
  await whileHeld(jobId, async () => {
    const { child } = ground.startWorker();
    const seen = async () => ({ waits: await waiting(), state: await state() });
    await expect.poll(seen, { interval: 20 }).toEqual({ waits: 1, state: reached });
    await killNow(child);
    expect(await state()).toEqual(reached);
  });
  ground.startWorker();
}

test("a large batch whose cancelling lost its worker between two steps, and in one: it is cancelled to its last job", async () => {
  const { harness } = ground;
  const size = 4_500;
  const batchId = await createBatch(size);
  await harness.cancelBatch(batchId);
  // The third step is the last one.
  const state = async () => [await harness.jobs(batchId), (await harness.batch(batchId)).ended];
  const reached = [{ pending: 500, cancelled: 4_000 }, false];
  await killAt(await jobAt(batchId, 4_100), state, reached);
  await expect
    .poll(() => harness.batch(batchId), { interval: 50 })
    .toMatchObject({
      status: "cancelled",
      ended: true,
    });
  expect(await harness.jobs(batchId)).toEqual({ cancelled: size });
});

/** A member of the tenant who may do everything there. */
async function addOwner({ database: { db }, tenantId }: Harness): Promise<string> {
  const profileId = randomUUID();
  await executeRawSql(
    db,
    "insert into profiles (id, tenant_id, name, active, role) values (:profileId::uuid, :tenantId::uuid, 'Olga', true, 'USER')",
    { profileId, tenantId },
  );
  await executeRawSql(
    db,
    `insert into user_tenants (user_id, tenant_id, role_id)
     select :profileId::uuid, :tenantId::uuid, id from roles where name = 'owner'`,
    { profileId, tenantId },
  );
  return profileId;
}

test("a bulk action whose caller was killed after it began, and a worker in its middle, is done to its last row", async () => {
  const { harness } = ground;
  const { db } = harness.database;
  const size = 1_200;
  const batchId = await createBatch(size);
  // No worker is to be at its sites meanwhile.
  await harness.pauseBatch(batchId);
  const actor = {
    id: await addOwner(harness),
    kind: "person" as const,
    name: null,
    email: null,
    tenantId: harness.tenantId,
    tenantSlug: "worker-tests",
    tenantName: "Worker tests",
    role: "owner",
    permissions: new Set<never>(),
    apiKeyId: null,
  };
  const { id } = await db.transaction((tx) =>
    startBulk(
      tx,
      { actor, requestId: "worker-tests", source: "trpc" },
      {
        action: "jobs.cancel",
        target: { list: "jobs", filter: { batchId }, asOf: new Date().toISOString() },
        settings: {},
        confirmCount: size,
      },
    ),
  );
  const read = () =>
    executeRawSqlOne(db, "select status, done, failed from app.bulk_actions where id = :id::uuid", {
      id,
    });
  const ofSecond = await executeRawSqlOne<{ job_id: string }>(
    db,
    `select ids[1] as job_id from app.bulk_chunks where bulk_id = :id::uuid order by number offset 1 limit 1`,
    { id },
  );
  await killAt(ofSecond?.job_id ?? "", read, { status: "running", done: 500, failed: 0 });
  await expect.poll(read, { interval: 50 }).toEqual({ status: "complete", done: size, failed: 0 });
  expect(await harness.jobs(batchId)).toEqual({ cancelled: size });
  expect(await harness.batch(batchId)).toMatchObject({ status: "cancelled", ended: true });
});
