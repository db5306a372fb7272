import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ScrapeCode } from "@scrapersky/outcome";
import type { Procedures } from "../src/index.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "operator");
});
afterAll(() => world.close());
beforeEach(() => world.rows("delete from pgboss.job"));

/** A batch whose sites ended like this, in the order of its list, and a line that names none. */
async function createBatch(ends: readonly (ScrapeCode | "done")[], maxConcurrent = 100) {
  const domains = ends.map((_, index) => `site-${index}.example`);
  const { batchId } = await api.batches.create({ domains: [...domains, "localhost"] });
  const claims = await claimJobs(world, ends.length);
  for (const claim of claims) {
    const end = ends[claim.position] ?? "done";
    await recordClaim(world, claim, end === "done" ? done() : failed(end));
  }
  const options = { max_concurrent: maxConcurrent };
  await world.rows(
    "update batch_jobs set options = options || :options::jsonb where batch_id = :batchId::uuid",
    { batchId, options },
  );
  return batchId;
}

const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "done",
    (error: { code: string; cause?: { details?: { errorCode?: string } } }) =>
      `${error.code} ${error.cause?.details?.errorCode}`,
  );

describe("the failed jobs of a batch run again", () => {
  test("all of them in the order of the list, and its batch with them; lines that name no site stay", async () => {
    const batchId = await createBatch(["timeout", "done", "dns_not_found", "timeout"], 1);
    expect(await api.batches.byId({ batchId })).toMatchObject({ status: "partial", progress: 100 });
    const { retried, batch } = await api.batches.retryFailed({
      batchId,
      overrides: { maxPages: 2 },
    });
    expect(retried).toBe(3);
    expect(batch).toMatchObject({ status: "running", progress: 40, endedAt: null });
    expect(batch.counts).toMatchObject({ pending: 3, complete: 1, failed: 1 });
    expect(batch.failures.map(({ code }) => code)).toEqual(["invalid_domain"]);
    const order: unknown[] = [];
    for (let left = 3; left > 0; left--) {
      const [claim] = await claimJobs(world, 5);
      order.push([claim?.domain, claim?.attempt, claim?.maxPages]);
      if (claim) await recordClaim(world, claim, done());
    }
    expect(order).toEqual([
      ["site-0.example", 2, 2],
      ["site-2.example", 2, 2],
      ["site-3.example", 2, 2],
    ]);
    expect(await api.batches.byId({ batchId })).toMatchObject({
      status: "partial",
      counts: { complete: 4, failed: 1 },
    });
  });

  test("or those of some reasons", async () => {
    const batchId = await createBatch(["timeout", "dns_not_found", "http_error"]);
    const ask = (errorCodes: string[]) => api.batches.retryFailed({ batchId, errorCodes });
    expect((await ask(["no_such_reason"])).batch).toMatchObject({ status: "failed" });
    expect((await ask(["invalid_domain"])).retried).toBe(0);
    expect((await ask(["timeout", "http_error"])).retried).toBe(2);
    const { items } = await api.jobs.list({ batchId, order: "batch" });
    expect(items.map(({ status }) => status)).toEqual(["pending", "failed", "pending", "failed"]);
  });

  test("once when two ask at once, and each leaves the counters as the jobs are", async () => {
    const batchId = await createBatch(["timeout", "timeout", "done"]);
    const answers = await Promise.all([
      api.batches.retryFailed({ batchId }),
      api.batches.retryFailed({ batchId }),
    ]);
    expect(answers.map(({ retried }) => retried).toSorted()).toEqual([0, 2]);
    const { counts } = await api.batches.byId({ batchId });
    expect(counts).toMatchObject({ pending: 2, complete: 1, failed: 1 });
    const entries = await world.rows(
      "select detail from app.audit_log where action = 'batches.retryFailed' and target_id = :batchId",
      { batchId },
    );
    expect(entries).toEqual([{ detail: { retried: 2 } }]);
  });

  test("while the rest of the batch still runs", async () => {
    const { batchId } = await api.batches.create({ domains: ["a.example", "b.example"] });
    const [first] = await claimJobs(world, 2);
    await recordClaim(world, first!, failed());
    const { retried, batch } = await api.batches.retryFailed({ batchId });
    expect([retried, batch.status, batch.counts.running, batch.counts.pending]).toEqual([
      1,
      "running",
      1,
      1,
    ]);
  });

  test("in no cancelled batch", async () => {
    const { batchId } = await api.batches.create({ domains: ["a.example", "b.example"] });
    const [first] = await claimJobs(world, 1);
    await recordClaim(world, first!, failed());
    await api.batches.cancel({ batchId });
    expect(await codeOf(api.batches.retryFailed({ batchId }))).toBe("CONFLICT BATCH_CANCELLED");
  });

  test("with at most fifty reasons of sixty characters", async () => {
    const batchId = await createBatch(["timeout"]);
    const ask = (errorCodes: string[]) => codeOf(api.batches.retryFailed({ batchId, errorCodes }));
    expect(await ask(Array.from({ length: 51 }, () => "x"))).toMatch(/^BAD_REQUEST/);
    expect(await ask(["x".repeat(61)])).toMatch(/^BAD_REQUEST/);
    expect(await ask([])).toMatch(/^BAD_REQUEST/);
    expect(await ask(Array.from({ length: 50 }, () => "x".repeat(60)))).toBe("done");
  });
});
