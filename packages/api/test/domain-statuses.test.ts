import { afterAll, beforeAll, expect, test } from "vitest";
import { DOMAIN_STATUSES_MAX, FAILED_STATUSES_MAX } from "../src/batch/domain-statuses.ts";
import { claimJobs } from "./claim-and-record.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

/** A batch whose first lines fail at once, as they name no site, and how many domains of each state are told. */
async function tell({ failed, valid, claims = 0 }: Record<string, number>) {
  const api = await world.caller(world.tenants.near, "operator");
  const { batchId } = await api.batches.create({
    domains: [
      ...Array.from({ length: failed ?? 0 }, (_, index) => `nowhere-${index}`),
      ...Array.from({ length: valid ?? 0 }, (_, index) => `shop-${index}.example`),
    ],
    maxConcurrent: 50,
  });
  if (claims > 0) expect(await claimJobs(world, claims)).toHaveLength(claims);
  const { domains, truncated } = await api.batches.domainStatuses({ batchId });
  const told = Object.groupBy(Object.values(domains), ({ status }) => status);
  const counts = Object.entries(told).map(([status, of]) => [status, of.length]);
  return { truncated, domains: Object.keys(domains), ...Object.fromEntries(counts) };
}

test("running domains are told before any number of failed ones", async () => {
  const told = await tell({ failed: DOMAIN_STATUSES_MAX + 673, valid: 30, claims: 30 });
  expect(told).toMatchObject({ truncated: true, running: 30, failed: FAILED_STATUSES_MAX });
  expect(told.domains.slice(-30)).toEqual(
    Array.from({ length: 30 }, (_, index) => `shop-${index}.example`),
  );
});

test("of a large batch as many failed domains are told as the limit says, and not one more", async () => {
  const few = FAILED_STATUSES_MAX;
  const atLimit = await tell({ failed: few, valid: DOMAIN_STATUSES_MAX + 1 - few });
  expect(atLimit).toMatchObject({ truncated: true, failed: few });
  const above = await tell({ failed: few + 1, valid: DOMAIN_STATUSES_MAX });
  expect(above).toMatchObject({ truncated: true, failed: few });
  expect(above).not.toHaveProperty("pending");
});

test("of a batch that is not large every domain is told, however many failed", async () => {
  const failed = FAILED_STATUSES_MAX + 100;
  const told = await tell({ failed, valid: DOMAIN_STATUSES_MAX - failed });
  expect(told).toMatchObject({
    truncated: false,
    failed,
    pending: DOMAIN_STATUSES_MAX - failed,
  });
});
