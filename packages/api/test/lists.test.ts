import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Procedures,
  describeError,
  getStoredJob,
  listStoredJobs,
  listProfiles,
} from "../src/index.ts";
import { done, failed } from "./outcomes.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

async function readAll<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>,
) {
  const items: T[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await read(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

test("pages of jobs neither skip nor repeat a row, in both orders", async () => {
  const names = Array.from(
    { length: 23 },
    (_, index) => `job-${String(index).padStart(2, "0")}.example`,
  );
  const { batchId } = await api.batches.create({ domains: names });
  const newest = await readAll((cursor) => api.jobs.list({ batchId, limit: 5, cursor }));
  expect(newest.map((job) => job.domain)).toEqual(names.toReversed());
  const inOrder = await readAll((cursor) =>
    api.jobs.list({ batchId, limit: 5, cursor, order: "batch" }),
  );
  expect(inOrder.map((job) => job.domain)).toEqual(names);
  const reader = world.database.db;
  const tenantId = world.tenants.near.id;
  const records = await readAll((cursor) =>
    listStoredJobs(reader, tenantId, { batchId, limit: 4, cursor }),
  );
  expect(records.map((job) => job.domain)).toEqual(names.toReversed());
  expect(records[0]).toMatchObject({
    batchId,
    jobMetadata: { domain: names.at(-1), max_pages: 50 },
  });
  expect(await getStoredJob(reader, tenantId, String(records[0]?.id))).toEqual(records[0]);
});

test("jobs are found by status, reason and any part of their name, by one or two letters its beginning", async () => {
  await world.rows("delete from pgboss.job");
  const { batchId } = await api.batches.create({
    domains: ["alpha.example", "alpine.example", "beta.example", "a_b%.x"],
  });
  for (const claim of await claimJobs(world, 10)) {
    await recordClaim(world, claim, claim.domain === "beta.example" ? failed("tls_error") : done());
  }
  const find = async (filter: object) =>
    (await api.jobs.list({ batchId, order: "batch", ...filter })).items.map((job) => job.domain);
  expect(await find({ q: "alp" })).toEqual(["alpha.example", "alpine.example"]);
  expect(await find({ q: "ALPHA" })).toEqual(["alpha.example"]);
  expect(await find({ q: "LPI" })).toEqual(["alpine.example"]);
  expect(await find({ q: "al" })).toEqual(["alpha.example", "alpine.example"]);
  expect(await find({ q: "lp" })).toEqual([]);
  expect(await find({ q: "a_b%" })).toEqual(["a_b%.x"]);
  expect(await find({ q: "_b%" })).toEqual(["a_b%.x"]);
  expect(await find({ q: "%" })).toEqual([]);
  expect(await find({ status: ["failed"] })).toEqual(["beta.example", "a_b%.x"]);
  expect(await find({ errorCode: ["tls_error"] })).toEqual(["beta.example"]);
  expect(await find({ status: ["complete"], q: "b" })).toEqual([]);
});

test("a cursor of another filter, order or tenant is refused", async () => {
  const { nextCursor: cursor } = await api.jobs.list({ limit: 1 });
  if (cursor === null) throw new Error("one page is not enough here");
  for (const input of [{ status: ["failed" as const] }, { q: "a" }]) {
    await expect(api.jobs.list({ ...input, limit: 1, cursor })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  }
  await expect(api.batches.list({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  const far = await world.caller(world.tenants.far, "owner");
  await expect(far.jobs.list({ limit: 1, cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(api.jobs.list({ order: "batch" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("batches come newest first, whole, and by status", async () => {
  const made: string[] = [];
  for (let index = 0; index < 5; index++) {
    made.unshift((await api.batches.create({ domains: [`list-${index}.example`] })).batchId);
  }
  const [cancelled = ""] = made;
  await api.batches.cancel({ batchId: cancelled });
  const all = await readAll((cursor) => api.batches.list({ limit: 2, cursor }));
  expect(all.slice(0, 5).map((batch) => batch.batchId)).toEqual(made);
  expect(all[0]).toMatchObject({
    createdBy: { name: "owner" },
    counts: { cancelled: 1 },
    total: 1,
  });
  const { items } = await api.batches.list({ status: ["cancelled"] });
  expect(items.map((batch) => batch.batchId)).toEqual([cancelled]);
});

test("a batch without a label is told from others by the first line that names a site", async () => {
  const make = async (domains: string[]) => (await api.batches.create({ domains })).batchId;
  const many = await make([
    "Company name",
    "not a site",
    "https://www.Bücher.example/x",
    "b.example",
  ]);
  const late = await make([
    ...Array.from({ length: 20 }, (_, index) => `no ${index}`),
    "c.example",
  ]);
  const { items } = await api.batches.list({ limit: 2 });
  expect(items.map(({ batchId, firstDomain, total }) => [batchId, firstDomain, total])).toEqual([
    [late, null, 21],
    [many, "bücher.example", 4],
  ]);
  expect(await api.batches.byId({ batchId: many })).toMatchObject({
    firstDomain: "bücher.example",
  });
  const jobs = (await api.jobs.list({ batchId: many, order: "batch" })).items;
  expect(jobs.map(({ domain, displayDomain }) => [domain, displayDomain])).toEqual([
    ["Company name", "Company name"],
    ["not a site", "not a site"],
    ["xn--bcher-kva.example", "bücher.example"],
    ["b.example", "b.example"],
  ]);
  expect(jobs[0]).toMatchObject({ batchFirstDomain: "bücher.example", batchTotal: 4, notes: [] });
});

test("a batch is found by any part of its label, else of its first domain, and by no number for who may see none", async () => {
  const florists = { domains: ["rose.example"], label: "ÉTÉ Florists, call +1 555 010 9999" };
  const { batchId } = await api.batches.create(florists);
  const { batchId: bare } = await api.batches.create({ domains: ["unlabelled-tulip.example"] });
  const find = async (of: Procedures, q: string) =>
    (await of.batches.list({ q, limit: 10 })).items.map((batch) => batch.batchId);
  expect(await find(api, "été flor")).toEqual([batchId]);
  expect(await find(api, "010 99")).toEqual([batchId]);
  expect(await find(api, "TULIP")).toEqual([bare]);
  expect(await find(api, "rose.ex")).toEqual([]);
  const viewer = await world.caller(world.tenants.near, "viewer");
  expect(await find(viewer, "010 99")).toEqual([]);
  expect(await find(viewer, "tulip")).toEqual([bare]);
});

test("people are listed once each, with their role in the tenant", async () => {
  const people = await readAll((cursor) => api.profiles.list({ limit: 2, cursor }));
  expect(people.map((person) => person.id).toSorted()).toEqual(
    Object.values(world.tenants.near.people).toSorted(),
  );
  const owner = people.find((person) => person.tenantRole === "owner");
  expect(owner).toMatchObject({
    email: "owner@near.example",
    active: true,
    tenantId: world.tenants.near.id,
  });
  const byOffset = { limit: 2, offset: 1 };
  expect((await listProfiles(world.database.db, world.tenants.near.id, byOffset)).items).toEqual(
    people.slice(1, 3),
  );
  expect((await api.profiles.list({ active: false })).items).toEqual([]);
});

test("the sidebar follows permissions, features and parents", async () => {
  await world.rows("delete from sidebar_features");
  await world.rows(`
    with flag as (insert into feature_flags (name, default_enabled) values ('beta', true) returning id),
    parent as (
      insert into sidebar_features (sidebar_name, url_path, requires_permission, display_order)
      values ('Admin', '/admin', 'platform:health', 1), ('Work', '/desk', 'batches:read', 2) returning id, sidebar_name
    )
    insert into sidebar_features (sidebar_name, url_path, parent_id, feature_id, display_order)
    select 'Under ' || parent.sidebar_name, '/under', parent.id, flag.id, 1 from parent, flag`);
  const tree = await api.features.tree();
  expect(tree).toMatchObject([
    { name: "Work", urlPath: "/desk", children: [{ name: "Under Work", children: [] }] },
  ]);
  await world.rows(
    "insert into tenant_features (tenant_id, feature_id, is_enabled) select :id::uuid, id, false from feature_flags",
    { id: world.tenants.near.id },
  );
  expect(await api.features.tree()).toMatchObject([{ name: "Work", children: [] }]);
});

test("whatever is sent as a filter, id or cursor is answered or refused, never a fault", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("\u0000", "%", "'", "\\", "\ud800"),
  );
  const reader = world.database.db;
  const tenantId = world.tenants.near.id;
  const page = { limit: 100, offset: 0 };
  const calls = (value: string) => [
    api.jobs.list({ q: value, limit: 1 }),
    api.jobs.list({ batchId: value, errorCode: [value] }),
    api.jobs.list({ cursor: value }),
    listStoredJobs(reader, tenantId, { ...page, status: [value as "failed"], jobType: value }),
    listStoredJobs(reader, tenantId, { ...page, batchId: value, cursor: value }),
    getStoredJob(reader, tenantId, value),
    api.batches.byId({ batchId: value }),
    api.profiles.list({ cursor: value }),
    api.batches.create({
      domains: [value, "fuzz.example"],
      label: value,
      idempotencyKey: value || "x",
    }),
  ];
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      for (const result of await Promise.allSettled(calls(value))) {
        if (result.status === "fulfilled") continue;
        expect([404, 409, 422]).toContain(describeError(result.reason).httpStatus);
      }
    }),
    { numRuns: 60 },
  );
});
