import { randomUUID } from "node:crypto";
import { startBulk } from "@scrapersky/api/services";
import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorker, type Worker } from "../src/worker.ts";
import { type Harness, openHarness } from "./harness.ts";

const JOBS = 1_200;

let harness: Harness;
let worker: Worker | undefined;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(async () => {
  await worker?.stop(0);
  await harness.close();
});

/** A member of the tenant who may do everything there. */
async function addOwner(): Promise<string> {
  const { tenantId } = harness;
  const profileId = randomUUID();
  const { db } = harness.database;
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

test("a bulk action whose caller was killed after it began is done by a worker, to its last row", async () => {
  const domains = Array.from({ length: JOBS }, (_, at) => `site-${at}.example`);
  const batchId = await harness.createBatch(domains);
  const { db } = harness.database;
  const actor = {
    id: await addOwner(),
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
        target: { list: "jobs", filter: {}, asOf: new Date().toISOString() },
        settings: {},
        confirmCount: JOBS,
      },
    ),
  );
  worker = createWorker({
    database: harness.database,
    queue: harness.queue,
    workerId: "bulk",
    concurrency: 1,
    log: { info() {}, warn() {}, error() {} },
    intervals: { poll: 60_000, bulk: 20 },
    scrape: () => Promise.resolve({ kind: "aborted" }),
  });
  void worker.run();
  const read = () =>
    executeRawSqlOne(db, "select status, done, failed from app.bulk_actions where id = :id::uuid", {
      id,
    });
  await expect.poll(read, { interval: 50 }).toEqual({ status: "complete", done: JOBS, failed: 0 });
  expect(await harness.jobs(batchId)).toEqual({ cancelled: JOBS });
});
