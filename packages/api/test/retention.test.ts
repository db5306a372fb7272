import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { removeNextOfBatch, retireBatches, retireLeads } from "../src/services.ts";
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

describe("what a tenant keeps", () => {
  const keep = (patch: { keepBatchesDays?: number | null; keepLeadsDays?: number | null }) =>
    api.settings
      .get()
      .then(({ updatedAt }) => api.settings.update({ expectedUpdatedAt: updatedAt, patch }));
  const retire = async () => ({
    batches: await world.database.db.transaction((tx) => retireBatches(tx)),
    leads: await world.database.db.transaction((tx) => retireLeads(tx)),
  });
  /** As if the batch had ended, and its leads been scanned, so many days ago. */
  const age = async (
    { batchId, domainId }: { batchId: string; domainId: string },
    days: number,
  ) => {
    await world.rows(
      "update batch_jobs set end_time = now() - make_interval(days => :days::int) where batch_id = :batchId::uuid",
      { batchId, days },
    );
    await world.rows(
      "update app.leads set last_scan = now() - make_interval(days => :days::int) where domain_id = :domainId::uuid",
      { domainId, days },
    );
  };

  test("is everything until it says otherwise; then batches and leads go once they are older, and nothing younger", async () => {
    const [old, young] = [await createOver(), await createOver()];
    await age(old, 31);
    await age(young, 30 - 1);
    expect(await retire()).toEqual({ batches: 0, leads: 0 });
    await keep({ keepBatchesDays: 30, keepLeadsDays: 30 });
    expect(await retire()).toEqual({ batches: 1, leads: 1 });
    expect(await retire()).toEqual({ batches: 0, leads: 0 });
    while (await step());
    const jobsOf = ({ jobId, failedId }: typeof old) => [jobId, failedId];
    expect(await rowsOf(old.batchId, jobsOf(old), old.domainId)).toMatchObject({
      batches: 0,
      jobs: 0,
      attempts: 0,
      lines: 0,
      leads: 0,
      pages: 0,
    });
    expect(await rowsOf(young.batchId, jobsOf(young), young.domainId)).toMatchObject({
      batches: 1,
      jobs: 2,
      leads: 1,
      pages: 1,
    });
    const told = await world.rows(
      "select action, detail from app.audit_log where action in ('batches.retire', 'leads.retire') order by action",
    );
    expect(told).toEqual([
      { action: "batches.retire", detail: { batches: 1 } },
      { action: "leads.retire", detail: { domains: 1, pages: 1 } },
    ]);
    await keep({ keepBatchesDays: null, keepLeadsDays: null });
  });

  test("of a batch that runs, and of a lead that is being scanned again, nothing goes", async () => {
    const old = await createOver();
    await age(old, 400);
    await keep({ keepBatchesDays: 1, keepLeadsDays: 1 });
    await world.rows("update jobs set status = 'running' where job_id = :jobId::uuid", {
      jobId: old.jobId,
    });
    await world.rows("update batch_jobs set status = 'running' where batch_id = :batchId::uuid", {
      batchId: old.batchId,
    });
    await retire();
    const place = { batchId: old.batchId };
    expect(
      await world.rows("select from app.batch_removals where batch_id = :batchId::uuid", place),
    ).toEqual([]);
    expect(await rowsOf(old.batchId, [old.jobId], old.domainId)).toMatchObject({
      jobs: 1,
      leads: 1,
    });
    await keep({ keepBatchesDays: null, keepLeadsDays: null });
  });

  test.each([0, 3_651, 1.5])("%d days is no time to keep something for", async (days) => {
    expect(await codeOf(keep({ keepBatchesDays: days }))).toBe("BAD_REQUEST");
    expect(await codeOf(keep({ keepLeadsDays: days }))).toBe("BAD_REQUEST");
  });
});
