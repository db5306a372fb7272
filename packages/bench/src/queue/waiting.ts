// What waits: how much dearer a claim gets with it, and who begins before whom.
import { setTimeout as delay } from "node:timers/promises";
import { executeRawSqlOne } from "@scrapersky/db";
import type { Figures, Result } from "../report.ts";
import type { Ground } from "./ground.ts";

const BATCH_MAX = 100_000;
const CLAIMS = 200;
const SMALL = 5;
const TENANT_BATCHES = 20;
const SHARE_MS = 10_000;

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Claims of one domain, beside the one that is claimed and as many as `steps` say that wait. */
export async function measureClaims(ground: Ground, steps: readonly number[]): Promise<Figures> {
  const tenant = await ground.tenant("waiting");
  const results: Result[] = [];
  const batchIds = await ground.create(tenant, 1);
  let worst = 0;
  let waiting = 0;
  for (const step of steps) {
    while (waiting < step) {
      const size = Math.min(BATCH_MAX, step - waiting);
      batchIds.push(...(await ground.create(tenant, size)));
      waiting += size;
    }
    const times = await ground.claimTimes(CLAIMS);
    const who = `a claim, ${step.toLocaleString("en")} waiting`;
    const p95 = percentile(times, 0.95);
    results.push(
      { who, what: "p50", value: percentile(times, 0.5), unit: "ms" },
      { who, what: "p95", value: p95, unit: "ms" },
    );
    worst = Math.max(worst, p95);
  }
  for (const batchId of batchIds) await ground.cancel(tenant, batchId);
  return { results, ratios: { claimP95Ms: worst } };
}

/** When the batch of a small tenant begins under that of a large one, and what each of two tenants gets. */
export async function measureFairness(ground: Ground, size: number): Promise<Figures> {
  const large = await ground.tenant("large");
  const small = await ground.tenant("small");
  const { result: beginsSeconds } = await ground.withWorkers(2, async () => {
    const [first = ""] = await ground.create(large, size);
    await delay(2_000);
    const [second = ""] = await ground.create(small, SMALL);
    await ground.untilEnded([second]);
    const seconds = await beganAfter(ground, second);
    await ground.cancel(large, first);
    return seconds;
  });

  const each = Math.ceil(size / TENANT_BATCHES);
  const { result: share } = await ground.withWorkers(2, async () => {
    const many = await ground.create(large, ...Array<number>(TENANT_BATCHES).fill(each));
    const one = await ground.create(small, size);
    const before = [await endedOf(ground, many), await endedOf(ground, one)] as const;
    await delay(SHARE_MS);
    const after = [await endedOf(ground, many), await endedOf(ground, one)] as const;
    for (const batchId of many) await ground.cancel(large, batchId);
    for (const batchId of one) await ground.cancel(small, batchId);
    return (after[0] - before[0]) / (after[1] - before[1]);
  });
  return {
    results: [
      {
        who: `batch of ${SMALL} under ${size.toLocaleString("en")} of another tenant`,
        what: "begins after",
        value: beginsSeconds,
        unit: "s",
      },
    ],
    ratios: { smallBatchBeginsSeconds: beginsSeconds, tenantShare: share },
  };
}

async function beganAfter({ database }: Ground, batchId: string): Promise<number> {
  const row = await executeRawSqlOne<{ seconds: number }>(
    database.db,
    `select extract(epoch from min(j.started_at) - (b.created_at at time zone 'utc'))::float8 as seconds
     from jobs j join batch_jobs b on b.batch_id = j.batch_id
     where b.batch_id = :batchId::uuid group by b.created_at`,
    { batchId },
  );
  return row?.seconds ?? Number.NaN;
}

async function endedOf({ database }: Ground, batchIds: readonly string[]): Promise<number> {
  const row = await executeRawSqlOne<{ ended: number }>(
    database.db,
    `select sum(completed_domains + failed_domains)::int as ended
     from batch_jobs where batch_id = any(:batchIds::uuid[])`,
    { batchIds },
  );
  return row?.ended ?? 0;
}
