import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

describe.each([
  ["without pg_trgm", "drop extension pg_trgm cascade"],
  [
    "with pg_trgm where Supabase puts it",
    "create schema if not exists extensions; alter extension pg_trgm set schema extensions",
  ],
])("on a database %s", (_what, script) => {
  let world: World;
  let api: Procedures;
  beforeAll(async () => {
    world = await createWorld();
    for (const statement of script.split("; ")) await world.rows(statement);
    api = await world.caller(world.tenants.near, "owner");
    await addLeads(world, world.tenants.near.id);
    await api.batches.create({ domains: ["lead-6.example", "other.example"] });
  });
  afterAll(() => world.close());

  test("any part of a name, an address or a number is found", async () => {
    const { items: jobs } = await api.jobs.list({ q: "EAD-6.ex" });
    expect(jobs.map(({ domain }) => domain)).toEqual(["lead-6.example"]);
    const { items: leads } = await api.leads.list({ q: "ead-6.ex" });
    expect(leads.map(({ domain }) => domain)).toEqual(["lead-6.example"]);
    const { items: contacts } = await api.contacts.list({ q: "maier@lead-6." });
    expect(contacts).toEqual([]);
    expect((await api.contacts.list({ q: "lead-6.ex" })).items).toHaveLength(2);
    expect((await api.leads.list({ contact: "23456" })).items).toHaveLength(1);
    expect(await api.search.global({ q: "ead-6" })).toMatchObject({
      jobs: [{ domain: "lead-6.example" }],
      leads: [{ displayDomain: "lead-6.example" }],
    });
  });
});
