import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Caller, createBatch, readGiven } from "@scrapersky/api/services";
import { type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

const DEADLINE_MS = 600_000;

/** The owner of a new tenant. */
export async function createCaller(
  database: Database,
  queue: Queue,
): Promise<Caller & { queue: Queue }> {
  const tenantId = randomUUID();
  const profileId = randomUUID();
  await executeRawSql(
    database.db,
    "insert into tenants (id, name) values (:tenantId, 'Benchmark')",
    { tenantId },
  );
  await executeRawSql(
    database.db,
    "insert into profiles (id, tenant_id, name) values (:profileId, :tenantId, 'Benchmark')",
    { profileId, tenantId },
  );
  return {
    actor: {
      id: profileId,
      kind: "person",
      name: null,
      email: null,
      tenantId,
      tenantSlug: "benchmark",
      tenantName: "Benchmark",
      role: "owner",
      permissions: new Set(),
      apiKeyId: null,
    },
    requestId: "benchmark",
    source: "trpc",
    queue,
  };
}

/** Until a batch has ended, as which it says. Asks every 25 ms: finer than any difference that is reported. */
export async function untilEnded(
  database: Database,
  batchId: string,
  workerGone: () => boolean,
): Promise<string> {
  for (
    const startedAt = performance.now();
    performance.now() - startedAt < DEADLINE_MS;
    await delay(25)
  ) {
    const row = await executeRawSqlOne<{ ended: boolean; status: string }>(
      database.db,
      "select end_time is not null as ended, status from batch_jobs where batch_id = :batchId",
      { batchId },
    );
    if (row?.ended) return row.status;
    if (workerGone()) throw new Error("The worker ended before the batch; its message is above.");
  }
  throw new Error(`The batch did not end within ${DEADLINE_MS / 1000} s.`);
}

/** Creates a batch as the product does. */
export async function submit(
  database: Database,
  caller: Caller & { queue: Queue },
  batch: { domains: string[]; maxPages: number; maxConcurrent: number },
): Promise<string> {
  const list = await readGiven({ domains: batch.domains });
  const { batchId } = await database.db.transaction((tx) => createBatch(tx, caller, batch, list));
  return batchId;
}
