import { afterAll, beforeAll, expect, test } from "vitest";
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

const NONE = { read: 0, failed: 0, newEmails: 0, newPhones: 0 };

const run = async (
  tenant: Procedures,
  ends: Record<string, Parameters<typeof failed>[0] | "done">,
): Promise<string> => {
  const { batchId } = await tenant.batches.create({ domains: Object.keys(ends) });
  for (const claim of await claimJobs(world, 100)) {
    const end = ends[claim.domain];
    await recordClaim(world, claim, end === "done" ? done() : failed(end));
  }
  return batchId;
};

test("fourteen days are told, each once, and nothing of another tenant", async () => {
  const far = await world.caller(world.tenants.far, "operator");
  await run(far, { "far.example": "done", "away.example": "timeout" });
  const { days, thisWeek, lastWeek } = await api.overview.numbers();
  expect(new Set(days.map(({ day }) => day)).size).toBe(14);
  expect([thisWeek, lastWeek]).toEqual([NONE, NONE]);
  expect(await api.overview.reasons()).toEqual([]);
});

test("an address counts as new with the scan that finds it first, and with no later one", async () => {
  await run(api, { "bakery.example": "done", "gone.example": "dns_not_found" });
  const { thisWeek, days } = await api.overview.numbers();
  expect(thisWeek).toMatchObject({ read: 1, failed: 1 });
  expect(thisWeek.newEmails).toBeGreaterThan(0);
  expect(thisWeek.newPhones).toBeGreaterThan(0);
  expect(days.at(-1)).toMatchObject(thisWeek);
  await run(api, { "bakery.example": "done" });
  const { thisWeek: later } = await api.overview.numbers();
  expect(later).toEqual({ ...thisWeek, read: 2 });
});

test("what is older than a week is last week's, and what is older than two is not told", async () => {
  const { thisWeek } = await api.overview.numbers();
  await world.rows("update app.batch_days set day = day - 7");
  expect(await api.overview.numbers()).toMatchObject({ thisWeek: NONE, lastWeek: thisWeek });
  await world.rows("update app.batch_days set day = day - 7");
  expect(await api.overview.numbers()).toMatchObject({ thisWeek: NONE, lastWeek: NONE });
});

test("reasons tell the jobs that failed and did not run again, with the batches to run again", async () => {
  await world.rows("update batch_jobs set created_at = created_at - interval '8 days'");
  const one = await run(api, { "x.example": "timeout", "y.example": "dns_not_found" });
  const two = await run(api, { "z.example": "timeout", "v.example": "timeout" });
  const cancelled = await run(api, { "w.example": "timeout", "u.example": "done" });
  await world.rows("update batch_jobs set status = 'cancelled' where batch_id = :cancelled::uuid", {
    cancelled,
  });
  const told = await api.overview.reasons();
  expect(told.map(({ code, count, batches }) => [code, count, batches])).toEqual([
    [
      "timeout",
      3,
      [
        { batchId: two, count: 2 },
        { batchId: one, count: 1 },
      ],
    ],
    ["dns_not_found", 1, [{ batchId: one, count: 1 }]],
  ]);
  expect(told[0]).toMatchObject({ canRunAgain: true, message: expect.stringMatching(/\.$/) });
  await api.batches.retryFailed({ batchId: two, errorCodes: ["timeout"] });
  expect((await api.overview.reasons()).map(({ code, count }) => [code, count])).toEqual([
    ["dns_not_found", 1],
    ["timeout", 1],
  ]);
});

test("health tells what runs and waits, and says when nothing moves", async () => {
  expect(await api.overview.health()).toMatchObject({ state: "working", running: 0, waiting: 2 });
  await world.rows("update batch_jobs set created_at = created_at - interval '1 hour'");
  await world.rows("update jobs set completed_at = completed_at - interval '1 hour'");
  expect(await api.overview.health()).toMatchObject({ state: "stalled", waiting: 2 });
  const { items } = await api.batches.list({ status: ["running"] });
  for (const { batchId } of items) await api.batches.pause({ batchId });
  expect(await api.overview.health()).toMatchObject({ state: "idle", waiting: 0 });
  for (const { batchId } of items) await api.batches.resume({ batchId });
  for (const claim of await claimJobs(world, 1)) {
    expect(await api.overview.health()).toMatchObject({ running: 1, waiting: 1 });
    await recordClaim(world, claim, done());
  }
  expect(await api.overview.health()).toMatchObject({ state: "working", running: 0, waiting: 1 });
  for (const claim of await claimJobs(world, 1)) await recordClaim(world, claim, done());
  expect(await api.overview.health()).toMatchObject({ state: "idle", running: 0, waiting: 0 });
});
