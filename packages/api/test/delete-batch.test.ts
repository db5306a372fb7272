import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { getStoredJob, listStoredJobs } from "../src/index.ts";
import { removeNextOfBatch } from "../src/services.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { failed } from "./outcomes.ts";
import { createOverBatch } from "./over-batch.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.rows("delete from pgboss.job");
  await world.rows("delete from app.batch_removals");
});

const createOver = () => createOverBatch(world, api);
const step = () => world.database.db.transaction((tx) => removeNextOfBatch(tx));
const letBeDue = () => world.rows("update app.batch_removals set due_at = now()");
const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => "answered",
    (error: { code: string }) => error.code,
  );

/** How many rows of the batch there are, and of what was found by it. */
async function rowsOf(batchId: string, jobIds: readonly string[], domainId: string) {
  const [row] = await world.rows<Record<string, number>>(
    `select (select count(*)::int from batch_jobs where batch_id = :batchId::uuid) as batches,
       (select count(*)::int from jobs where job_id = any(:jobIds::uuid[])) as jobs,
       (select count(*)::int from app.scrape_jobs where batch_id = :batchId::uuid) as sides,
       (select count(*)::int from app.job_attempts where job_id = any(:jobIds::uuid[])) as attempts,
       (select count(*)::int from app.batch_lines where batch_id = :batchId::uuid) as lines,
       (select count(*)::int from app.leads where domain_id = :domainId::uuid) as leads,
       (select count(*)::int from pages where domain_id = :domainId::uuid) as pages`,
    { batchId, jobIds: [...jobIds], domainId },
  );
  return row;
}

describe("a batch that was deleted", () => {
  test("is nowhere to be seen, nor are its jobs, and what it found stays", async () => {
    const { batchId, jobId, failedId, domainId } = await createOver();
    const other = await createOver();
    const deleted = await api.batches.delete({ batchId });
    expect(deleted).toMatchObject({ batchId, jobs: 2, undoUntil: expect.any(String) });

    const asked: Record<string, () => Promise<unknown>> = {
      byId: () => api.batches.byId({ batchId }),
      statuses: () => api.batches.domainStatuses({ batchId }),
      append: () => api.batches.append({ batchId, domains: ["more.example"] }),
      again: () => api.batches.retryFailed({ batchId }),
      rename: () => api.batches.rename({ batchId, label: "x", expectedRenamedAt: null }),
      cancel: () => api.batches.cancel({ batchId }),
      pause: () => api.batches.pause({ batchId }),
      twice: () => api.batches.delete({ batchId }),
      job: () => api.jobs.byId({ jobId }),
      retry: () => api.jobs.retry({ jobId: failedId }),
      stored: () => getStoredJob(world.database.db, world.tenants.near.id, jobId),
    };
    for (const [name, answer] of Object.entries(asked)) {
      expect([name, await codeOf(answer())]).toEqual([name, "NOT_FOUND"]);
    }
    const all = JSON.stringify([
      await api.batches.list({}),
      await api.jobs.list({}),
      await api.jobs.list({ batchId, order: "batch" }),
      await api.jobs.list({ q: "read-" }),
      await listStoredJobs(world.database.db, world.tenants.near.id, { limit: 100 }),
      await api.search.global({ q: "List" }),
      await api.search.global({ q: batchId }),
      await api.search.global({ q: jobId }),
      await api.leads.byId({ domainId }),
      await api.notifications.latest(),
    ]);
    for (const id of [batchId, jobId, failedId]) expect(all).not.toContain(id);
    expect(all).toContain(other.batchId);
    expect(await api.leads.byId({ domainId })).toMatchObject({ domainId });
  });

  test("is what it was once it is restored", async () => {
    const { batchId, failedId } = await createOver();
    const before = await api.batches.byId({ batchId });
    await api.batches.delete({ batchId });
    const restored = await api.batches.restore({ batchId });
    const { asOf: _before, ...was } = before;
    expect(restored).toMatchObject(was);
    expect(await codeOf(api.batches.restore({ batchId }))).toBe("NOT_FOUND");
    await letBeDue();
    expect(await step()).toBe(false);
    expect(await api.jobs.retry({ jobId: failedId })).toMatchObject({ status: "pending" });
  });

  test("goes step by step when it is due, and not before; nothing that it found goes with it", async () => {
    const { batchId, jobId, failedId, domainId } = await createOver();
    const jobIds = [jobId, failedId];
    await api.batches.delete({ batchId });
    expect(await step()).toBe(false);
    await letBeDue();
    const kept = { leads: 1, pages: 1 };
    const gone = { jobs: 0, sides: 0, attempts: 0 };
    expect(await step()).toBe(true);
    expect(await rowsOf(batchId, jobIds, domainId)).toEqual({
      ...kept,
      ...gone,
      batches: 1,
      lines: 2,
    });
    // Once it has begun there is no way back.
    expect(await codeOf(api.batches.restore({ batchId }))).toBe("NOT_FOUND");
    expect(await step()).toBe(true);
    expect(await step()).toBe(true);
    expect(await step()).toBe(false);
    expect(await rowsOf(batchId, jobIds, domainId)).toEqual({
      ...kept,
      ...gone,
      batches: 0,
      lines: 0,
    });
    expect(await world.rows("select 1 from app.batch_removals")).toEqual([]);
    const [contact] = await world.rows<{ n: number }>(
      "select count(*)::int as n from contacts where domain_id = :domainId::uuid and source_job_id is not null",
      { domainId },
    );
    expect(contact).toEqual({ n: 0 });
  });

  test("is one that is over: what still runs is cancelled first", async () => {
    const { batchId } = await api.batches.create({ domains: ["runs.example"] });
    const refused = await api.batches
      .delete({ batchId })
      .catch((error: { code: string; message: string }) => `${error.code}: ${error.message}`);
    expect(refused).toBe("CONFLICT: This batch is not over: cancel it first.");
    await api.batches.cancel({ batchId });
    expect(await api.batches.delete({ batchId })).toMatchObject({ jobs: 1 });
  });

  test("is removed once by several workers, each step by one", async () => {
    const made = [await createOver(), await createOver(), await createOver()];
    for (const { batchId } of made) await api.batches.delete({ batchId });
    await letBeDue();
    const worker = async () => {
      for (let idle = 0; idle < 3;) idle = (await step()) ? 0 : idle + 1;
    };
    await Promise.all([worker(), worker(), worker()]);
    while (await step());
    for (const { batchId, jobId, failedId, domainId } of made) {
      expect(await rowsOf(batchId, [jobId, failedId], domainId)).toMatchObject({
        batches: 0,
        jobs: 0,
        leads: 1,
      });
    }
  });

  test("of two who delete at once, one does; of restoring and deleting, one after the other has its way", async () => {
    const { batchId } = await createOver();
    const ask = () => codeOf(api.batches.delete({ batchId }));
    expect((await Promise.all([ask(), ask()])).toSorted()).toEqual(["NOT_FOUND", "answered"]);
    await Promise.all([codeOf(api.batches.restore({ batchId })), ask()]);
    await codeOf(api.batches.restore({ batchId }));
    expect(await api.batches.byId({ batchId })).toMatchObject({ batchId });
  });
});

describe("a batch is renamed", () => {
  test("whatever its state, and other labels are not written over", async () => {
    const { batchId } = await createOver();
    const before = await api.batches.byId({ batchId });
    expect(before.renamedAt).toBeNull();
    const first = { batchId, label: "  Bakers of Graz ", expectedRenamedAt: null };
    const renamed = await api.batches.rename(first);
    expect(renamed).toMatchObject({ label: "Bakers of Graz", status: "partial" });
    expect(await codeOf(api.batches.rename(first))).toBe("CONFLICT");
    const expectedRenamedAt = renamed.renamedAt;
    expect(await api.batches.rename({ batchId, label: " ", expectedRenamedAt })).toMatchObject({
      label: null,
    });
  });

  test("with as many letters as a label may have, and no more", async () => {
    const { batchId } = await createOver();
    const ask = (letters: number) =>
      codeOf(api.batches.rename({ batchId, label: "x".repeat(letters), expectedRenamedAt: null }));
    expect(await ask(201)).toBe("BAD_REQUEST");
    expect(await ask(200)).toBe("answered");
  });
});

describe("failed jobs run again with other settings", () => {
  test("as many at once as is said, within the limits of a batch", async () => {
    const domains = Array.from({ length: 6 }, (_, at) => `again-${at}.example`);
    const { batchId } = await api.batches.create({ domains, maxConcurrent: 2 });
    for (let claims; (claims = await claimJobs(world, 6)).length > 0;) {
      for (const claim of claims) await recordClaim(world, claim, failed());
    }
    const again = (maxConcurrent: number) =>
      api.batches.retryFailed({ batchId, overrides: { maxConcurrent, maxPages: 3 } });
    expect(await codeOf(again(0))).toBe("BAD_REQUEST");
    expect(await codeOf(again(101))).toBe("BAD_REQUEST");
    const { batch } = await again(4);
    expect(batch).toMatchObject({ maxConcurrent: 4, status: "running" });
    const claims = await claimJobs(world, 6);
    expect(claims.map(({ maxPages }) => maxPages)).toEqual([3, 3, 3, 3]);
    for (const claim of claims) await recordClaim(world, claim, failed());
    const { jobId } = claims[0]!;
    await api.jobs.retry({ jobId, overrides: { maxConcurrent: 1 } });
    expect(await api.batches.byId({ batchId })).toMatchObject({ maxConcurrent: 1 });
    const [entry] = await world.rows(
      "select detail from app.audit_log where action = 'jobs.retry' and target_id = :jobId",
      { jobId },
    );
    expect(entry).toEqual({ detail: { batch: batchId, max_concurrent: 1 } });
  });
});
