import type { ScrapeClaim } from "@scrapersky/queue";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BatchProgress } from "../src/batch/batch.contract.ts";
import { pauseBatch } from "../src/batch/pause-batch.ts";
import type { Procedures } from "../src/index.ts";
import { findCancelled, FIRST_BATCH, refillQueue, startJobs } from "../src/services.ts";
import { claimJobs, promoteWaiting, recordClaim, releaseClaim } from "./claim-and-record.ts";
import { done, failed, retry } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "operator");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.rows("delete from pgboss.job");
  await world.rows("delete from app.batch_windows");
});

let lists = 0;
async function create(size: number, maxConcurrent: number) {
  const list = ++lists;
  const domains = Array.from({ length: size }, (_, at) => `shop-${list}-${at}.example`);
  const { batchId } = await api.batches.create({ domains, maxConcurrent });
  return batchId;
}

/** Positions of a batch that the queue holds. */
const held = async (batchId: string) => {
  const rows = await world.rows<{ position: number }>(
    `select (data->>'position')::int as position from pgboss.job
     where group_id = :batchId and state < 'completed' order by 1`,
    { batchId },
  );
  return rows.map(({ position }) => position);
};

/** The batch, after its counters were held against its jobs. */
async function readBatch(batchId: string): Promise<BatchProgress> {
  const batch = await api.batches.byId({ batchId });
  const rows = await world.rows<{ status: string; count: number }>(
    "select status, count(*)::int as count from jobs where batch_id = :batchId::uuid group by status",
    { batchId },
  );
  const none = { pending: 0, running: 0, complete: 0, failed: 0, cancelled: 0 };
  const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  expect(batch.counts).toEqual({ ...none, ...counts });
  return batch;
}

const sweep = () =>
  world.database.db.transaction((tx) => refillQueue(tx, world.queue, FIRST_BATCH));

/** As after the three seconds in which whoever was at a site leaves. */
const laterOn = (batchId: string) => promoteWaiting(world, batchId);

const refusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "done",
    (error: { code: string; cause?: { details?: { errorCode?: string } } }) =>
      `${error.code} ${error.cause?.details?.errorCode}`,
  );

describe("a paused batch", () => {
  test("has nothing in the queue, and what it had goes on first, in the order of the list", async () => {
    const batchId = await create(9, 3);
    expect(await held(batchId)).toEqual([0, 1, 2]);
    const paused = await api.batches.pause({ batchId });
    expect(paused).toMatchObject({ status: "pending", paused: true });
    expect(await held(batchId)).toEqual([]);
    await sweep();
    expect(await held(batchId)).toEqual([]);
    expect(await claimJobs(world, 9)).toEqual([]);
    const resumed = await api.batches.resume({ batchId });
    expect(resumed).toMatchObject({ status: "pending", paused: false });
    expect(await held(batchId)).toEqual([0, 1, 2]);
    const claims = await claimJobs(world, 9);
    await recordClaim(world, claims[0]!, done());
    expect(await held(batchId)).toEqual([1, 2, 3]);
  });

  test("stops who is at its sites, refuses what they would write, and counts no try of theirs", async () => {
    const batchId = await create(2, 2);
    const [first, second] = (await claimJobs(world, 2)) as [ScrapeClaim, ScrapeClaim];
    const jobIds = [first.jobId, second.jobId];
    expect(await findCancelled(world.database.db, jobIds)).toEqual([]);
    const paused = await api.batches.pause({ batchId });
    expect(paused).toMatchObject({ status: "running", paused: true, stalled: false });
    expect((await readBatch(batchId)).counts).toMatchObject({ pending: 2, running: 0 });
    expect((await findCancelled(world.database.db, jobIds)).toSorted()).toEqual(jobIds.toSorted());
    expect(await recordClaim(world, first, done())).toBe("refused");
    await releaseClaim(world, second);
    const stored = await world.rows("select 1 from domains where domain = any(:domains::text[])", {
      domains: [first.domain, second.domain],
    });
    expect(stored).toEqual([]);

    await api.batches.resume({ batchId });
    // Whoever was at a site has three seconds to leave it.
    expect(await held(batchId)).toEqual([]);
    await laterOn(batchId);
    // A claim from before has the id of the message, and not its number.
    expect(await recordClaim(world, first, done())).toBe("refused");
    const tries: number[] = [];
    for (let claim = (await claimJobs(world, 1))[0]; claim?.jobId === first.jobId;) {
      tries.push(claim.attempt);
      expect(claim.last).toBe(tries.length === 3);
      expect(await recordClaim(world, claim, retry())).toBe("recorded");
      await laterOn(batchId);
      [claim] = await claimJobs(world, 1);
    }
    expect(tries).toEqual([2, 3, 4]);
    const job = await api.jobs.byId({ jobId: first.jobId });
    expect(job.status).toBe("failed");
    expect(job.attemptList.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
      ["cancelled", "paused"],
      ["retry", "timeout"],
      ["retry", "timeout"],
      ["failed", "timeout"],
    ]);
  });

  test("is left alone by retrying and adding, and runs again with a job once it was over", async () => {
    const batchId = await create(3, 1);
    const [claim] = await claimJobs(world, 1);
    await recordClaim(world, claim!, failed());
    await api.batches.pause({ batchId });
    await api.batches.retryFailed({ batchId });
    await api.batches.append({ batchId, domains: ["more.example"] });
    expect(await readBatch(batchId)).toMatchObject({ paused: true, total: 4 });
    expect(await held(batchId)).toEqual([]);
    const { items } = await api.jobs.list({ batchId, order: "batch" });
    for (const { jobId } of items) await api.jobs.cancel({ jobId });
    expect(await readBatch(batchId)).toMatchObject({ status: "cancelled", paused: false });

    const other = await create(2, 1);
    const [one] = await claimJobs(world, 1);
    await recordClaim(world, one!, failed());
    await api.batches.pause({ batchId: other });
    const [, waiting] = (await api.jobs.list({ batchId: other, order: "batch" })).items;
    await api.jobs.cancel({ jobId: waiting!.jobId });
    expect(await readBatch(other)).toMatchObject({ status: "failed", paused: false });
    await api.jobs.retry({ jobId: one!.jobId });
    expect(await readBatch(other)).toMatchObject({ status: "running", paused: false });
    expect(await held(other)).toEqual([0]);
  });

  test("is cancelled like any other", async () => {
    const batchId = await create(4, 2);
    await claimJobs(world, 1);
    await api.batches.pause({ batchId });
    await api.batches.cancel({ batchId });
    const batch = await readBatch(batchId);
    expect(batch).toMatchObject({ status: "cancelled", paused: false });
    expect(batch.counts).toMatchObject({ cancelled: 4 });
    await sweep();
    expect(await refusal(api.batches.resume({ batchId }))).toBe("CONFLICT BATCH_ENDED");
  });

  test("tells no time left; afterwards its pace is told from then on", async () => {
    const batchId = await create(60, 60);
    for (const claim of await claimJobs(world, 30)) await recordClaim(world, claim, done());
    const hourAgo = (column: string) => `${column} = ${column} - interval '1 hour'`;
    const tables = { batch_jobs: "start_time", jobs: "completed_at" };
    for (const [table, column] of Object.entries(tables)) {
      await world.rows(`update ${table} set ${hourAgo(column)} where batch_id = :batchId::uuid`, {
        batchId,
      });
    }
    expect(await readBatch(batchId)).toMatchObject({ stalled: true });
    const nothing = { stalled: false, ratePerMinute: null, etaSeconds: null };
    expect(await api.batches.pause({ batchId })).toMatchObject(nothing);
    expect(await api.batches.resume({ batchId })).toMatchObject(nothing);
    expect(await readBatch(batchId)).toMatchObject({ stalled: false });
  });

  test("is one that was over never", async () => {
    const batchId = await create(1, 1);
    const [claim] = await claimJobs(world, 1);
    await recordClaim(world, claim!, done());
    expect(await refusal(api.batches.pause({ batchId }))).toBe("CONFLICT BATCH_ENDED");
    expect(await refusal(api.batches.resume({ batchId }))).toBe("CONFLICT BATCH_ENDED");
  });
});

describe("a pause that was cut off before the queue was emptied", () => {
  test("has claims refused and sites left by themselves, and is finished by pausing once more", async () => {
    const batchId = await create(4, 2);
    const [claim] = await claimJobs(world, 1);
    const actor = await world.actor(world.tenants.near, "operator");
    const caller = { actor, requestId: "cut-off", source: "trpc" } as const;
    await world.database.db.transaction((tx) => pauseBatch(tx, caller, batchId));
    expect(await held(batchId)).toEqual([0, 1]);
    expect(await findCancelled(world.database.db, [claim!.jobId])).toEqual([claim!.jobId]);
    const next = await world.database.db.transaction(async (tx) => {
      const { claims } = await world.queue.claimScrapes(tx, 1);
      return startJobs(tx, { workerId: "worker-2", claims });
    });
    expect(next).toMatchObject({ started: [], refused: [expect.any(String)] });
    await api.batches.pause({ batchId });
    expect(await held(batchId)).toEqual([]);
    await api.batches.resume({ batchId });
    // The place of who leaves a site is the next one's.
    expect(await held(batchId)).toEqual([1, 2]);
    await laterOn(batchId);
    expect(await held(batchId)).toEqual([1, 2]);
  });
});

test("of many who pause and resume at once, one after the other has its way", async () => {
  const batchId = await create(12, 4);
  await claimJobs(world, 2);
  const acts = Array.from({ length: 8 }, (_, at) =>
    at % 2 === 0 ? api.batches.pause({ batchId }) : api.batches.resume({ batchId }),
  );
  await Promise.all(acts);
  const { paused } = await readBatch(batchId);
  if (paused) await api.batches.resume({ batchId });
  await laterOn(batchId);
  // Which ones, and whether the first two were told to leave their sites, depends on who came first.
  expect(await held(batchId)).toHaveLength(4);
  const { pending, running } = (await readBatch(batchId)).counts;
  expect(pending + running).toBe(12);
  const log = await world.rows<{ action: string }>(
    `select action from app.audit_log where target_id = :batchId
       and action in ('batches.pause', 'batches.resume') order by id`,
    { batchId },
  );
  const others = log.filter(({ action }, at) => action === log[at - 1]?.action);
  expect(others).toEqual([]);
});

test("jobs that end while their batch is paused are counted, or go on later: none is lost", async () => {
  const batchId = await create(40, 8);
  for (let round = 0; round < 60; round++) {
    const claims = await claimJobs(world, 4);
    const recorded = claims.map((claim) => recordClaim(world, claim, done()));
    if (round % 6 === 2) recorded.push(api.batches.pause({ batchId }).then(() => "recorded"));
    await Promise.all(recorded);
    await readBatch(batchId);
    if (round % 6 === 2) {
      expect(await held(batchId)).toEqual([]);
      await api.batches.resume({ batchId });
      await laterOn(batchId);
    }
    if ((await readBatch(batchId)).status === "complete") break;
  }
  expect(await readBatch(batchId)).toMatchObject({ status: "complete", progress: 100 });
});
