import type { Tx } from "@scrapersky/db";
import type { ScrapeClaim } from "@scrapersky/queue";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BatchProgress } from "../src/batch/batch.contract.ts";
import { getGivenList } from "../src/export/get-given-list.ts";
import { type Procedures, readLines } from "../src/index.ts";
import {
  cancelBatch,
  cancelNextOfBatch,
  findCancelled,
  findCancelling,
  FIRST_BATCH,
  refillQueue,
  startJobs,
} from "../src/services.ts";
import { claimJobs, promoteWaiting, recordClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { countRead } from "./count-read.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

/** More than two steps, so that a step has one before and one behind it. */
const LARGE = 4_500;

let world: World;
let api: Procedures;
let caller: Parameters<typeof cancelBatch>[1];
/** One batch for the tests, which give it back as it was: its rows cost more than all that is done with them. */
let batchId: string;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  const actor = await world.actor(world.tenants.near, "owner");
  caller = { actor, requestId: "cancelling", source: "trpc", queue: world.queue };
  const domains = Array.from({ length: LARGE }, (_, at) => `shop-${at}.example`);
  ({ batchId } = await api.batches.create({ domains, maxConcurrent: 4 }));
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const text of [
    "delete from pgboss.job",
    "delete from app.batch_windows",
    "delete from app.batch_removals",
    "delete from app.job_attempts",
    "delete from app.notifications",
    "update jobs set status = 'pending', completed_at = null, started_at = null where status <> 'pending'",
    "update app.scrape_jobs set attempt = 0, earlier_attempts = 0, due_at = null, error_code = null where attempt > 0 or due_at is not null",
    `update batch_jobs set status = 'pending', completed_domains = 0, failed_domains = 0, start_time = null,
       end_time = null, error = null, batch_metadata = batch_metadata - '{cancelled_alone,again_at}'::text[]`,
  ]) {
    await world.rows(text);
  }
  await world.rows(
    "insert into app.batch_windows (batch_id, next_position) values (:batchId::uuid, 0)",
    { batchId },
  );
  await promoteWaiting(world, batchId);
});

/** What the act itself commits, without what follows it. */
const mark = () => world.database.db.transaction((tx) => cancelBatch(tx, caller, batchId));
const step = () =>
  world.database.db.transaction((tx) =>
    cancelNextOfBatch(tx, world.queue, { batchId, tenantId: world.tenants.near.id }),
  );
async function finish(): Promise<void> {
  while (await step());
}

const messages = async () => {
  const [row] = await world.rows<{ count: number }>(
    "select count(*)::int as count from pgboss.job where group_id = :batchId",
    { batchId },
  );
  return row?.count;
};

/** The batch, after its counters were held against its jobs, and its state against them. */
async function readBatch(): Promise<BatchProgress> {
  const batch = await api.batches.byId({ batchId });
  const rows = await world.rows<{ status: string; count: number }>(
    "select status, count(*)::int as count from jobs where batch_id = :batchId::uuid group by status",
    { batchId },
  );
  const none = { pending: 0, running: 0, complete: 0, failed: 0, cancelled: 0 };
  const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  expect(batch.counts).toEqual({ ...none, ...counts });
  if (batch.status === "cancelled") expect(batch.counts).toMatchObject({ pending: 0, running: 0 });
  return batch;
}

const refusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "done",
    (error: { code: string; cause?: { details?: { errorCode?: string } } }) =>
      `${error.code} ${error.cause?.details?.errorCode}`,
  );

describe("a large batch that is cancelled", () => {
  test("starts nothing from the first commit on, tells how many are left, and ends with the last", async () => {
    const [first, second] = (await claimJobs(world, 3)) as [ScrapeClaim, ScrapeClaim];
    expect(await recordClaim(world, first, done())).toBe("recorded");
    const begun = await mark();
    expect(begun).toMatchObject({ status: "running", cancelling: true, ratePerMinute: null });
    expect(begun.counts).toMatchObject({ pending: LARGE - 3, running: 2, cancelled: 0 });

    // What the queue still has is refused, and who is at a site is told to leave.
    const { refused } = await world.database.db.transaction(async (tx) => {
      const { claims } = await world.queue.claimScrapes(tx, 1);
      return startJobs(tx, { workerId: "worker-2", claims });
    });
    expect(refused).toHaveLength(1);
    expect(await findCancelled(world.database.db, [second.jobId])).toEqual([second.jobId]);

    expect(await step()).toBe(true);
    expect(await messages()).toBe(0);
    expect(await recordClaim(world, second, done())).toBe("refused");
    const some = await readBatch();
    expect(some).toMatchObject({ status: "running", cancelling: true, endedAt: null });
    expect(some.counts).toMatchObject({ running: 0, complete: 1 });
    expect(some.counts.pending).toBe(LARGE - 3);
    expect(await step()).toBe(true);
    expect((await readBatch()).counts.pending).toBe(LARGE - 1_000);

    // A sweep finds nothing astray in it, and neither has a worker anything to do.
    await world.database.db.transaction((tx) => refillQueue(tx, world.queue, FIRST_BATCH));
    expect(await claimJobs(world, 9)).toEqual([]);

    await finish();
    const over = await readBatch();
    expect(over).toMatchObject({
      status: "cancelled",
      cancelling: false,
      endedAt: expect.any(String),
    });
    expect(over.counts).toMatchObject({ complete: 1, cancelled: LARGE - 1 });
    const attempts = await world.rows(
      "select outcome, error_code, count(*)::int as count from app.job_attempts group by 1, 2 order by 1",
    );
    expect(attempts).toEqual([
      { outcome: "cancelled", error_code: "cancelled", count: 2 },
      { outcome: "done", error_code: null, count: 1 },
    ]);
    // Who asked for it knows it.
    expect(await world.rows("select read_at is not null as read from app.notifications")).toEqual([
      { read: true },
    ]);
    expect(await findCancelling(world.database.db)).toEqual([]);
  });

  test("is one act, whoever asks twice, by both faces, and goes on wherever it was left", async () => {
    await Promise.all([mark(), mark(), step(), step()]);
    const entries = await world.rows<{ detail: unknown }>(
      "select detail from app.audit_log where action = 'batches.cancel' and target_id = :batchId order by id desc limit 2",
      { batchId },
    );
    expect(entries[0]).toEqual({ detail: { open: LARGE } });
    // The transaction of a step is all or nothing: one that dies leaves what the one before did.
    const before = await readBatch();
    const died = world.database.db.transaction(async (tx) => {
      await cancelNextOfBatch(tx, world.queue, { batchId, tenantId: world.tenants.near.id });
      throw new Error("killed");
    });
    await expect(died).rejects.toThrow("killed");
    expect((await readBatch()).counts).toEqual(before.counts);
    expect(await findCancelling(world.database.db)).toMatchObject([{ batchId }]);
    const answers = await Promise.all([
      api.batches.cancel({ batchId }),
      api.batches.cancel({ batchId }),
      finish(),
    ]);
    expect(answers.slice(0, 2)).toMatchObject([{ batchId }, { batchId }]);
    expect(await readBatch()).toMatchObject({ status: "cancelled", counts: { cancelled: LARGE } });
  });

  test("tells every job once, whatever begins and ends while it is cancelled", async () => {
    const workers = Array.from({ length: 3 }, async (_, at) => {
      for (let round = 0; round < 12; round++) {
        for (const claim of await claimJobs(world, 2, `worker-${at}`)) {
          await recordClaim(world, claim, done());
        }
      }
    });
    const acts = [mark().then(() => finish()), api.batches.cancel({ batchId })];
    await Promise.all([...workers, ...acts]);
    await finish();
    const over = await readBatch();
    expect(over).toMatchObject({ status: "cancelled", cancelling: false });
    expect(over.counts.complete + over.counts.cancelled).toBe(LARGE);
    expect(await messages()).toBe(0);
    const open = "select 1 from app.job_attempts where outcome = 'running'";
    expect(await world.rows(open)).toEqual([]);
  });

  test("is cancelled for every other act from the first commit on", async () => {
    const [claim] = (await claimJobs(world, 1)) as [ScrapeClaim];
    await recordClaim(world, claim, failed());
    await api.batches.pause({ batchId });
    await mark();
    expect(await readBatch()).toMatchObject({ cancelling: true, paused: false });
    const asked = {
      pause: api.batches.pause({ batchId }),
      resume: api.batches.resume({ batchId }),
      append: api.batches.append({ batchId, domains: ["more.example"] }),
      again: api.batches.retryFailed({ batchId }),
      retry: api.jobs.retry({ jobId: claim.jobId }),
    };
    const answers = Object.entries(asked).map(async ([name, answer]) => [
      name,
      await refusal(answer),
    ]);
    expect(Object.fromEntries(await Promise.all(answers))).toEqual({
      pause: "CONFLICT BATCH_ENDED",
      resume: "CONFLICT BATCH_ENDED",
      append: "CONFLICT BATCH_ENDED",
      again: "CONFLICT BATCH_CANCELLED",
      retry: "CONFLICT BATCH_CANCELLED",
    });
    const target = { list: "batches" as const, ids: [batchId] };
    for (const action of ["batches.pause", "batches.cancel"] as const) {
      const preview = await api.bulk.preview({ action, target, settings: {} });
      expect(preview).toMatchObject({ eligible: 0, ineligible: [{ reason: "over" }] });
    }
    expect(await refusal(api.batches.duplicate({ batchId }))).toBe("done");
    // A job that is cancelled by itself meanwhile is one of all.
    const { items } = await api.jobs.list({ batchId, status: ["pending"], order: "batch" });
    await api.jobs.cancel({ jobId: items[0]!.jobId });
    await readBatch();
    await step();
    await readBatch();
    const deleted = await api.batches.delete({ batchId });
    expect(deleted).toMatchObject({ jobs: LARGE });
    await finish();
    await api.batches.restore({ batchId });
    const over = await readBatch();
    expect(over).toMatchObject({ status: "cancelled", cancelling: false });
    expect(over.counts).toMatchObject({ failed: 1, cancelled: LARGE - 1 });
  });

  test("has its own ending where its last visits were faster, and runs again from there", async () => {
    await mark();
    await world.rows(
      `update batch_jobs set status = 'partial', completed_domains = ${LARGE - 1}, failed_domains = 1, end_time = now();
       update jobs set status = 'complete', completed_at = now();
       delete from pgboss.job;
       update jobs set status = 'failed' where id = (select max(id) from jobs)`,
    );
    expect(await readBatch()).toMatchObject({ status: "partial", cancelling: false });
    expect(await api.batches.retryFailed({ batchId })).toMatchObject({ retried: 1 });
    expect(await step()).toBe(false);
    expect(await readBatch()).toMatchObject({ status: "running", cancelling: false });
    expect(await messages()).toBe(1);
  });

  test("is finished by the bulk action too, as far as nothing of it runs", async () => {
    await claimJobs(world, 2);
    const begun = await api.bulk.start({
      action: "batches.cancel",
      target: { list: "batches", ids: [batchId] },
      settings: {},
    });
    expect(begun).toMatchObject({ status: "complete", done: 1 });
    expect(await messages()).toBe(0);
    expect((await readBatch()).counts).toMatchObject({ running: 0 });
    await finish();
    expect(await readBatch()).toMatchObject({ status: "cancelled" });
  });
});

describe("what goes through a batch part by part reads each line once, whatever the planner knows of rows that just came", () => {
  const readBy = (work: (tx: Tx) => Promise<void>) =>
    world.database.db.transaction(async (tx) => {
      const before = await countRead(tx);
      await work(tx);
      return (await countRead(tx)) - before;
    });

  test("a step of cancelling", async () => {
    await mark();
    expect(await step()).toBe(true);
    const read = await readBy(async (tx) => {
      await cancelNextOfBatch(tx, world.queue, { batchId, tenantId: world.tenants.near.id });
    });
    expect(read).toBeGreaterThan(1_000);
    expect(read).toBeLessThan(5_000);
  });

  test("the list that is given back, and of leads those of its lines alone", async () => {
    const tenantId = world.tenants.near.id;
    await addLeads(world, tenantId, { count: 200 });
    for (const isKept of [true, false]) {
      let lines = 0;
      const read = await readBy(async (tx) => {
        const list = { ...(await getGivenList(tx, tenantId, batchId)), isKept };
        for await (const rows of readLines(tx, tenantId, list, new AbortController().signal)) {
          lines += rows.length;
        }
      });
      expect(lines).toBe(LARGE);
      expect(read).toBeGreaterThan(LARGE);
      expect(read).toBeLessThan(5 * LARGE);
    }
  });
});
