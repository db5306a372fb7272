import { afterAll, beforeAll, expect, test } from "vitest";
import { LINES_SHOWN } from "../src/contract.ts";
import type { Procedures } from "../src/index.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

async function scanAll() {
  for (;;) {
    const [claim] = await claimJobs(world, 1);
    if (!claim) return;
    await recordClaim(world, claim, done());
  }
}

const linesOf = async (domain: string) => (await api.leads.byDomain({ domain })).lines;

const HEAD = ["Id", "Company", "Website"];

test("a lead is told with the lines that named it, the newest list first, doubles and reused ones too", async () => {
  await api.batches.create({
    label: "Spring",
    rows: [
      HEAD,
      ["7", "Acme", "www.acme.example"],
      ["8", "", "ACME.example"],
      ["9", "B", "b.example"],
    ],
  });
  await scanAll();
  await api.batches.create({ domains: ["acme.example"] });
  await scanAll();
  const { batchId } = await api.batches.create({
    rows: [HEAD, ["70", "Acme Inc.", "acme.example"], ["71", "C", "c.example"]],
    reuse: ["acme.example"],
  });
  expect(await linesOf("acme.example")).toMatchObject([
    {
      batchId,
      batchLabel: null,
      line: 2,
      input: "acme.example",
      cells: [
        { column: "Id", text: "70" },
        { column: "Company", text: "Acme Inc." },
        { column: "Website", text: "acme.example" },
      ],
    },
    {
      batchLabel: "Spring",
      line: 2,
      cells: [{ text: "7" }, { text: "Acme" }, { column: "Website" }],
    },
    { batchLabel: "Spring", line: 3, cells: [{ text: "8" }, { column: "Website" }] },
  ]);
  const { domainId } = await api.leads.byDomain({ domain: "acme.example" });
  expect((await api.domains.byId({ domainId })).lead?.lines).toHaveLength(3);
  const viewer = await world.caller(world.tenants.near, "viewer");
  expect(await viewer.leads.byId({ domainId })).toMatchObject({ contactsHidden: true, lines: [] });
});

test("another tenant's list of the same site is not told, whether it was scanned or reused", async () => {
  const far = await world.caller(world.tenants.far, "owner");
  const rows = [HEAD, ["secret", "Theirs", "shared.example"], ["1", "X", "x.example"]];
  await far.batches.create({ rows });
  await scanAll();
  await far.batches.create({ rows, reuse: ["shared.example"] });
  await api.batches.create({ domains: ["shared.example"] });
  await scanAll();
  expect(await linesOf("shared.example")).toEqual([]);
});

test("of many lines the newest are told", async () => {
  const named = (count: number) =>
    api.batches.create({
      rows: [HEAD, ...Array.from({ length: count }, (_, at) => [`n${at}`, "", "many.example"])],
    });
  await named(LINES_SHOWN);
  await scanAll();
  expect(await linesOf("many.example")).toHaveLength(LINES_SHOWN);
  const { batchId } = await named(LINES_SHOWN + 1);
  await scanAll();
  const told = await linesOf("many.example");
  expect(told).toHaveLength(LINES_SHOWN);
  expect(new Set(told.map((line) => line.batchId))).toEqual(new Set([batchId]));
  expect(told.map(({ line }) => line)).toEqual(
    Array.from({ length: LINES_SHOWN }, (_, at) => at + 2),
  );
});
