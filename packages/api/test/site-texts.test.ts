import { afterAll, beforeAll, expect, test } from "vitest";
import { listPages, listStoredJobs } from "../src/index.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, page, site } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  const api = await world.caller(world.tenants.near, "owner");
  await api.batches.create({ domains: ["bakery.example"] });
  const [claim] = await claimJobs(world, 1);
  if (!claim) throw new Error("nothing to claim");
  const reach = "Call +43 1 2345678, anna@bakery.example";
  const outcome = done({
    site: { ...site, title: reach, description: reach, robotsTxt: `# ${reach}` },
    pages: [{ ...page("/"), title: reach, description: reach, h1: reach }],
  });
  expect(await recordClaim(world, claim, outcome)).toBe("recorded");
});
afterAll(() => world.close());

test.each([
  ["viewer", false],
  ["owner", true],
] as const)("what a site says of itself reaches somebody for the %s: %s", async (role, isTold) => {
  const api = await world.caller(world.tenants.near, role);
  const rights = { mayReadContacts: isTold };
  const { db } = world.database;
  const { id } = world.tenants.near;
  const { domainId } = await api.leads.byDomain({ domain: "bakery.example" });
  const [job] = (await api.jobs.list({})).items;
  for (const told of [
    await api.domains.byId({ domainId }),
    await api.pages.list({}),
    await listPages(db, id, { limit: 10 }, rights),
    await api.jobs.byId({ jobId: job?.jobId ?? "" }),
    await listStoredJobs(db, id, { limit: 10 }, rights),
  ]) {
    const text = JSON.stringify(told);
    expect(text).toContain("Call ");
    expect(/2345678|anna@/.test(text)).toBe(isTold);
  }
});
