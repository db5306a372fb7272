import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ScrapeClaim } from "@scrapersky/queue";
import type { BatchProgress } from "../src/batch/batch.contract.ts";
import type { Procedures } from "../src/index.ts";
import { findCancelled, recordOutcomes } from "../src/services.ts";
import { claimJobs, promoteWaiting, recordClaim, releaseClaim } from "./claim-and-record.ts";
import { done, failed, page, retry, site } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
let viewer: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "operator");
  viewer = await world.caller(world.tenants.near, "viewer");
});
afterAll(() => world.close());
beforeEach(() => world.rows("delete from pgboss.job"));

/** A batch of so many sites, one of which is scanned at a time, and its jobs in the order of the list. */
async function createBatch(size: number, extra: string[] = []) {
  const sites = Array.from({ length: size }, (_, index) => `site-${index}.example`);
  const { batchId } = await api.batches.create({
    domains: [...sites, ...extra],
    maxConcurrent: 1,
    maxPages: 7,
  });
  const { items } = await api.jobs.list({ batchId, order: "batch" });
  return { batchId, jobIds: items.map(({ jobId }) => jobId) };
}

async function claimOne(workerId?: string): Promise<ScrapeClaim> {
  const [claim] = await claimJobs(world, 1, workerId);
  if (!claim) throw new Error("nothing was claimed");
  return claim;
}

/** Claims the next job and records how it ended. */
async function end(outcome: ReturnType<typeof done>) {
  const claim = await claimOne();
  expect(await recordClaim(world, claim, outcome)).toBe("recorded");
  return claim;
}

/** The batch, after its counters were held against its jobs. */
async function readBatch(batchId: string): Promise<BatchProgress> {
  const batch = await api.batches.byId({ batchId });
  const rows = await world.rows<{ status: keyof BatchProgress["counts"]; count: number }>(
    "select status, count(*)::int as count from jobs where batch_id = :batchId::uuid group by status",
    { batchId },
  );
  const none = { pending: 0, running: 0, complete: 0, failed: 0, cancelled: 0 };
  const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  expect(batch.counts).toEqual({ ...none, ...counts });
  return batch;
}

const refusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "done",
    (error: { code: string; cause?: { details?: { errorCode?: string } } }) =>
      `${error.code} ${error.cause?.details?.errorCode}`,
  );

describe("a job runs again", () => {
  test("from its first try, with other settings, and keeps what was tried before", async () => {
    const { batchId, jobIds } = await createBatch(1);
    await end(failed("dns_not_found"));
    expect(await readBatch(batchId)).toMatchObject({ status: "failed" });
    const job = await api.jobs.retry({ jobId: jobIds[0]!, overrides: { maxPages: 3 } });
    expect(job).toMatchObject({
      status: "pending",
      errorCode: null,
      error: null,
      maxPages: 3,
      progress: 0,
      startedAt: null,
      endedAt: null,
      attemptList: [{ attempt: 1, outcome: "failed" }],
    });
    const outcomes = [];
    for (const attempt of [2, 3, 4]) {
      await promoteWaiting(world, batchId);
      const claim = await claimOne();
      expect(claim).toMatchObject({ attempt, maxPages: 3, last: attempt === 4 });
      outcomes.push(await recordClaim(world, claim, retry()));
    }
    expect(outcomes).toEqual(["recorded", "recorded", "recorded"]);
    const over = await api.jobs.byId({ jobId: jobIds[0]! });
    expect(over.status).toBe("failed");
    expect(over.attemptList.map(({ outcome }) => outcome)).toEqual([
      "failed",
      "retry",
      "retry",
      "failed",
    ]);
  });

  test("and its batch that was over is running, until its last job has ended again", async () => {
    const { batchId, jobIds } = await createBatch(2);
    await end(done({ site, pages: [page("/")] }));
    await end(failed());
    const before = await readBatch(batchId);
    expect(before).toMatchObject({ status: "partial", progress: 100, endedAt: expect.any(String) });
    await world.rows(
      `update batch_jobs set start_time = start_time - interval '1 hour' where batch_id = :batchId::uuid`,
      { batchId },
    );
    await world.rows(
      "update jobs set completed_at = completed_at - interval '1 hour' where batch_id = :batchId::uuid",
      { batchId },
    );
    await api.jobs.retry({ jobId: jobIds[1]! });
    expect(await readBatch(batchId)).toMatchObject({
      status: "running",
      progress: 50,
      endedAt: null,
      error: null,
      failures: [],
      // An hour in which nothing was asked of it is no standstill.
      stalled: false,
    });
    await end(done({ site, pages: [page("/")] }));
    const after = await readBatch(batchId);
    expect(after).toMatchObject({ status: "complete", progress: 100, pages: 2 });
    expect(after.endedAt! >= before.endedAt!).toBe(true);
  });

  test("when two ask at once, once", async () => {
    const { batchId, jobIds } = await createBatch(2);
    await end(failed());
    const ask = () => refusal(api.jobs.retry({ jobId: jobIds[0]! }));
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.toSorted()).toEqual(["CONFLICT JOB_CANNOT_RUN_AGAIN", "done"]);
    expect((await readBatch(batchId)).counts).toMatchObject({ pending: 2, failed: 0 });
  });

  test("only where it failed or was cancelled, names a site, and is of no cancelled batch", async () => {
    const { batchId, jobIds } = await createBatch(3, ["localhost"]);
    await end(done());
    await end(failed());
    const ask = (index: number) => refusal(api.jobs.retry({ jobId: jobIds[index]! }));
    expect(await ask(0)).toBe("CONFLICT JOB_CANNOT_RUN_AGAIN");
    expect(await ask(2)).toBe("CONFLICT JOB_CANNOT_RUN_AGAIN");
    expect(await ask(3)).toBe("CONFLICT NO_SITE");
    await api.batches.cancel({ batchId });
    expect(await ask(1)).toBe("CONFLICT BATCH_CANCELLED");
    expect(await ask(2)).toBe("CONFLICT BATCH_CANCELLED");
    expect(await refusal(viewer.jobs.retry({ jobId: jobIds[1]! }))).toMatch(/^FORBIDDEN/);
    expect(await readBatch(batchId)).toMatchObject({ status: "cancelled" });
  });

  test("while a batch is cancelled, never in the cancelled batch", async () => {
    const { batchId, jobIds } = await createBatch(2);
    await end(failed());
    const [answer] = await Promise.all([
      refusal(api.jobs.retry({ jobId: jobIds[0]! })),
      api.batches.cancel({ batchId }),
    ]);
    expect(["done", "CONFLICT BATCH_CANCELLED"]).toContain(answer);
    const { status, counts } = await readBatch(batchId);
    expect([status, counts.pending]).toEqual(["cancelled", 0]);
  });

  test("within the most pages that a batch may ask for, and no more", async () => {
    const { jobIds } = await createBatch(1);
    await end(failed());
    const ask = (maxPages: number) =>
      refusal(api.jobs.retry({ jobId: jobIds[0]!, overrides: { maxPages } }));
    expect(await ask(1001)).toMatch(/^BAD_REQUEST/);
    expect(await ask(0)).toMatch(/^BAD_REQUEST/);
    expect(await ask(1000)).toBe("done");
  });
});

describe("a job is cancelled by itself", () => {
  test("while it waits: it never runs, and the others do", async () => {
    const { batchId, jobIds } = await createBatch(3);
    expect(await api.jobs.cancel({ jobId: jobIds[0]! })).toMatchObject({
      status: "cancelled",
      attemptList: [],
      endedAt: expect.any(String),
    });
    expect((await api.jobs.cancel({ jobId: jobIds[1]! })).status).toBe("cancelled");
    expect(await readBatch(batchId)).toMatchObject({ status: "pending", progress: 66.66 });
    expect((await end(done())).jobId).toBe(jobIds[2]);
    expect(await readBatch(batchId)).toMatchObject({ status: "complete", progress: 100 });
  });

  test("while it runs: its place is the next one's, its worker is told and writes nothing", async () => {
    const { batchId, jobIds } = await createBatch(2);
    const claim = await claimOne();
    await api.jobs.cancel({ jobId: claim.jobId });
    expect(await findCancelled(world.database.db, [claim.jobId])).toEqual([claim.jobId]);
    expect(await recordClaim(world, claim, done())).toBe("refused");
    const outcome = { jobId: claim.jobId, attempt: 1, workerId: "worker-1", outcome: done() };
    const written = await world.database.db.transaction((tx) =>
      recordOutcomes(tx, [{ ...outcome, final: true }]),
    );
    expect(written).toEqual([]);
    expect(await api.jobs.byId({ jobId: claim.jobId })).toMatchObject({
      status: "cancelled",
      pages: null,
      domainId: null,
      attemptList: [{ outcome: "cancelled", errorCode: "cancelled" }],
    });
    expect((await end(failed())).jobId).toBe(jobIds[1]);
    expect(await readBatch(batchId)).toMatchObject({ status: "failed" });
  });

  test("all of them: the batch is cancelled, and says why", async () => {
    const { batchId, jobIds } = await createBatch(2);
    for (const jobId of jobIds) await api.jobs.cancel({ jobId });
    expect(await readBatch(batchId)).toMatchObject({
      status: "cancelled",
      error: "All of its jobs were cancelled.",
      progress: 100,
    });
  });

  test("when two ask at once, once; one that is over stays as it is", async () => {
    const { batchId, jobIds } = await createBatch(2);
    const ask = () => api.jobs.cancel({ jobId: jobIds[0]! });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
    expect((await readBatch(batchId)).counts.cancelled).toBe(1);
    const { jobId } = await end(done());
    expect(await api.jobs.cancel({ jobId })).toMatchObject({ status: "complete" });
    expect(await refusal(viewer.jobs.cancel({ jobId }))).toMatch(/^FORBIDDEN/);
  });

  test("at the moment its worker records: one of the two happens, whole", async () => {
    const { batchId } = await createBatch(1);
    const claim = await claimOne();
    const [recorded, job] = await Promise.all([
      recordClaim(world, claim, done()),
      api.jobs.cancel({ jobId: claim.jobId }),
    ]);
    const status = recorded === "recorded" ? "complete" : "cancelled";
    expect(job.status).toBe(status);
    expect(await readBatch(batchId)).toMatchObject({ status });
  });
});

test("a claim from before a job was cancelled and ran again touches nothing of the later one", async () => {
  const { batchId, jobIds } = await createBatch(2);
  const stale = await claimOne();
  await api.jobs.cancel({ jobId: stale.jobId });
  await api.jobs.retry({ jobId: stale.jobId });
  // Its worker may be at the site for a moment yet, so it waits; the other one has the place meanwhile.
  const other = await claimOne();
  expect(other.jobId).toBe(jobIds[1]);
  await recordClaim(world, other, done());
  await promoteWaiting(world, batchId);
  const claim = await claimOne("worker-2");
  expect([claim.jobId, claim.attempt]).toEqual([stale.jobId, 2]);
  expect(await recordClaim(world, stale, failed())).toBe("refused");
  await releaseClaim(world, stale);
  await world.queue.touchScrapes([stale], [stale]);
  const [message] = await world.rows("select data from pgboss.job where id = :id::uuid", {
    id: claim.jobId,
  });
  expect(message).not.toHaveProperty("data.waiting");
  expect(await recordClaim(world, claim, done())).toBe("recorded");
  expect(await readBatch(batchId)).toMatchObject({ status: "complete" });
});
