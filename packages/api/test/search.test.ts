import { afterAll, beforeAll, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
let batchId: string;
let lead: { domain_id: string };
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  await addLeads(world, world.tenants.near.id);
  await addLeads(world, world.tenants.far.id, { first: 100 });
  ({ batchId } = await api.batches.create({
    domains: ["lead-6.example"],
    label: "Bakeries of Graz",
  }));
  const far = await world.caller(world.tenants.far, "owner");
  await far.batches.create({ domains: ["lead-101.example"], label: "Bakeries of Linz" });
  [lead] = (await world.rows<{ domain_id: string }>(
    "select domain_id from app.leads where domain = 'lead-6.example'",
  )) as [{ domain_id: string }];
});
afterAll(() => world.close());

const NOTHING = { direct: null, batches: [], jobs: [], leads: [], contacts: [], profiles: [] };

test("batches are found by any part of their name, domains and businesses by any part", async () => {
  expect((await api.search.global({ q: "OF GR" })).batches).toMatchObject([
    { batchId, label: "Bakeries of Graz", status: "pending" },
  ]);
  const found = await api.search.global({ q: "ead-6" });
  expect(found.leads).toMatchObject([
    { domainId: lead.domain_id, displayDomain: "lead-6.example" },
  ]);
  for (const q of ["ead-6", "lead-6", "EAD-6.EX", "le"]) {
    expect((await api.search.global({ q })).jobs, q).toMatchObject([
      { domain: "lead-6.example", batchId },
    ]);
  }
  expect((await api.search.global({ q: "ea" })).jobs).toEqual([]);
  expect((await api.search.global({ q: "bäckerei 2" })).leads.length).toBeGreaterThan(0);
});

test("a pasted address of a page leads to its domain, an id to what it is of", async () => {
  for (const q of [
    "https://www.Lead-6.example/contact?x=1",
    "lead-6.example",
    lead.domain_id.toUpperCase(),
  ]) {
    expect((await api.search.global({ q })).direct).toEqual({ kind: "lead", id: lead.domain_id });
  }
  expect((await api.search.global({ q: ` ${batchId} ` })).direct).toEqual({
    kind: "batch",
    id: batchId,
  });
  const { items } = await api.jobs.list({ batchId });
  const jobId = items[0]!.jobId;
  expect((await api.search.global({ q: jobId })).direct).toEqual({ kind: "job", id: jobId });
});

test("people of the tenant are found by any part of name or address, and by id", async () => {
  const { near, far } = world.tenants;
  const id = near.people.auditor;
  const [person] = await world.rows<{ name: string; email: string }>(
    "select name, email from public.profiles where id = cast(:id as uuid)",
    { id },
  );
  for (const q of [person!.email.toUpperCase(), person!.name.slice(1)]) {
    expect((await api.search.global({ q })).profiles, q).toContainEqual({ id, ...person });
  }
  expect((await api.search.global({ q: id })).direct).toEqual({ kind: "profile", id });
  expect((await api.search.global({ q: far.people.auditor })).direct).toBeNull();
  expect(JSON.stringify(await api.search.global({ q: "auditor" }))).not.toContain(
    far.people.auditor,
  );
});

test("addresses and numbers in any form are found by who may read contacts, and by nobody else", async () => {
  const email = await api.search.global({ q: "info@lead-6.exa" });
  expect(email.contacts).toMatchObject([
    { email: "info@lead-6.example", domainId: lead.domain_id },
  ]);
  for (const q of ["+49 30 123456", "030/123456", "0049 (0)30 123 456"]) {
    expect((await api.search.global({ q })).leads, q).toMatchObject([{ domainId: lead.domain_id }]);
  }
  const viewer = await world.caller(world.tenants.near, "viewer");
  expect((await viewer.search.global({ q: "info@lead-6.exa" })).contacts).toEqual([]);
  expect((await viewer.search.global({ q: "+49 30 123456" })).leads).toEqual([]);
});

test("a line that was refused is found by who may read contacts, and by nobody else", async () => {
  await api.batches.create({ domains: ["refused.example", "anna.refused@mail.example"] });
  const viewer = await world.caller(world.tenants.near, "viewer");
  const names = async (by: Procedures, q: string) =>
    (await by.search.global({ q })).jobs.map(({ domain }) => domain);
  expect(await names(api, "anna.ref")).toEqual(["anna.refused@mail.example"]);
  expect(await names(viewer, "anna.ref")).toEqual([]);
  expect(await names(viewer, "refused.ex")).toEqual(["refused.example"]);
});

test("another tenant's rows are never found, and nothing finds nothing", async () => {
  expect((await api.search.global({ q: "lead-101.example" })).leads).toEqual([]);
  expect(await api.search.global({ q: "of Linz" })).toEqual(NOTHING);
  expect(await api.search.global({ q: "  " })).toEqual(NOTHING);
  expect(await api.search.global({ q: "100%_\\ ' or 1=1" })).toEqual(NOTHING);
  await expect(api.search.global({ q: "x".repeat(2001) })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  expect(await api.search.global({ q: "x".repeat(2000) })).toEqual(NOTHING);
});
