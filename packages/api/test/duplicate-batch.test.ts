import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DRAFT_LINES_MAX } from "../src/contract.ts";
import { type Procedures, proceduresFor } from "../src/index.ts";
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

/** Every site whose name says so fails. */
async function runAll() {
  for (let claims; (claims = await claimJobs(world, 50)).length > 0;) {
    for (const claim of claims) {
      await recordClaim(world, claim, claim.domain.startsWith("broken") ? failed() : done());
    }
  }
}

const TABLE = [
  ["Name", "Website", "Town"],
  ["Bakery", "bakery.example", "Graz"],
  ["Broken", "broken-1.example, broken-2.example", "Linz"],
  ["Nothing", "unknown", "Wien"],
  ["Bakery again", "bakery.example", "Graz"],
];

test("a list comes back with its columns, doubles and refused lines among them, and its settings", async () => {
  const { batchId } = await api.batches.create({
    rows: TABLE,
    label: "Spring",
    maxPages: 7,
    maxConcurrent: 3,
  });
  await runAll();
  expect(await api.batches.duplicate({ batchId })).toEqual({
    label: "Spring",
    maxPages: 7,
    maxConcurrent: 3,
    columns: TABLE[0],
    nameColumn: 1,
    rows: TABLE.slice(1),
    next: null,
  });
  const { rows } = await api.batches.duplicate({ batchId, only: "failed" });
  expect(rows).toEqual([TABLE[2]]);
});

test("plain lines come back as they were written, each name of a line by itself", async () => {
  const text = "https://www.plain.example/shop\nbroken-3.example broken-4.example good.example";
  const { batchId } = await api.batches.create({ text });
  await runAll();
  const { columns, rows } = await api.batches.duplicate({ batchId });
  expect(columns).toEqual([]);
  expect(rows.flat()).toEqual([
    "https://www.plain.example/shop",
    "broken-3.example",
    "broken-4.example",
    "good.example",
  ]);
  const failures = await api.batches.duplicate({ batchId, only: "failed" });
  expect(failures.rows.flat()).toEqual(["broken-3.example", "broken-4.example"]);
});

test("a batch whose list nobody kept gives its distinct lines", async () => {
  const { batchId } = await api.batches.create({
    domains: ["Kept.example", "broken-5.example", "localhost"],
  });
  await world.rows("delete from app.batch_lists where batch_id = :batchId::uuid", { batchId });
  await runAll();
  const { rows } = await api.batches.duplicate({ batchId });
  expect(rows.flat()).toEqual(["Kept.example", "broken-5.example", "localhost"]);
  const failures = await api.batches.duplicate({ batchId, only: "failed" });
  expect(failures.rows.flat()).toEqual(["broken-5.example", "localhost"]);
});

test("a large one comes in parts that leave nothing out and tell nothing twice", async () => {
  const domains = Array.from({ length: DRAFT_LINES_MAX + 1 }, (_, at) => `part-${at}.example`);
  const { batchId } = await api.batches.create({ domains });
  const first = await api.batches.duplicate({ batchId });
  expect(first.rows).toHaveLength(DRAFT_LINES_MAX);
  const second = await api.batches.duplicate({ batchId, after: first.next! });
  expect(second.next).toBeNull();
  expect([...first.rows, ...second.rows].flat()).toEqual(domains);
  await api.batches.cancel({ batchId });
});

test("without the right to contacts it tells the sites, and nothing that stood beside them", async () => {
  const { batchId } = await api.batches.create({ rows: TABLE });
  const actor = await world.actor(world.tenants.near, "operator");
  const permissions = new Set([...actor.permissions].filter((name) => name !== "contacts:read"));
  const reader = proceduresFor(world.context({ actor: { ...actor, permissions } }));
  expect(await reader.batches.duplicate({ batchId })).toMatchObject({
    columns: [],
    nameColumn: null,
    rows: [["bakery.example"], ["broken-1.example"], ["broken-2.example"], ["bakery.example"]],
  });
});
