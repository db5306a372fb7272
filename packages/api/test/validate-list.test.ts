import { afterAll, beforeAll, expect, test } from "vitest";
import { estimateBatch, USUAL_PACE } from "../src/intake/estimate-batch.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

const scan = (tenant: World["tenants"]["near"], domain: string, ago: string) =>
  world.rows(
    "insert into domains (tenant_id, domain, last_scan) values (:tenantId::uuid, :domain, now() - :ago::interval)",
    { tenantId: tenant.id, domain, ago },
  );

const many = (count: number) => Array.from({ length: count }, (_, at) => `n${at}.example`);

test("each line is in one group: invalid, else double, else scanned lately, else fixed, else valid", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  await scan(world.tenants.near, "lately.example", "23 hours 59 minutes");
  await scan(world.tenants.near, "a-day-ago.example", "24 hours 1 minute");
  await scan(world.tenants.far, "of-others.example", "1 minute");
  const text = [
    "Leads",
    "Company,Website",
    "A,plain.example",
    "B,https://www.fixed.example/x",
    "C,https://lately.example/",
    "D,lately.example",
    "E,a-day-ago.example",
    "F,of-others.example",
    "G,none",
    "H,none",
    "",
    "I,PLAIN.example",
    "J,first.example / second.example",
  ].join("\n");
  const { pace, ...sorted } = await api.batches.validate({ text });
  expect(sorted).toEqual({
    valid: [
      { line: 3, domain: "plain.example" },
      { line: 7, domain: "a-day-ago.example" },
      { line: 8, domain: "of-others.example" },
      { line: 13, domain: "first.example" },
      { line: 13, domain: "second.example" },
    ],
    fixed: [{ line: 4, input: "https://www.fixed.example/x", domain: "fixed.example" }],
    recent: [{ line: 5, domain: "lately.example", lastScanAt: expect.stringMatching(/T.*Z$/) }],
    duplicates: [
      { line: 6, input: "lately.example", of: 5 },
      { line: 12, input: "PLAIN.example", of: 3 },
    ],
    invalid: [
      { line: 9, input: "none", reason: "A domain name needs an ending such as .com." },
      { line: 10, input: "none", reason: "A domain name needs an ending such as .com." },
    ],
    columns: [
      { name: "Company", holds: null, readBy: null },
      { name: "Website", holds: "names", readBy: "header" },
    ],
    estimate: { domains: 7, pages: 84, seconds: 17 },
  });
  expect(pace).toEqual(USUAL_PACE);
});

test("what is on the suppression list is refused in words, however often and however written", async () => {
  const owner = await world.caller(world.tenants.near, "owner");
  const far = await world.caller(world.tenants.far, "operator");
  await scan(world.tenants.near, "shop.unwanted.example", "1 minute");
  await owner.suppressions.add({ entries: ["unwanted.example", "*.below.example"] });
  const text = [
    "unwanted.example",
    "https://shop.unwanted.example/x",
    "UNWANTED.example",
    "below.example",
    "at.below.example",
    "wanted.example",
  ].join("\n");
  const reason = "Never visited: it is on the suppression list.";
  const sorted = await owner.batches.validate({ text });
  expect(sorted).toMatchObject({
    valid: [
      { line: 4, domain: "below.example" },
      { line: 6, domain: "wanted.example" },
    ],
    fixed: [],
    recent: [],
    duplicates: [],
    invalid: [
      { line: 1, input: "unwanted.example", reason },
      { line: 2, input: "https://shop.unwanted.example/x", reason },
      { line: 3, input: "UNWANTED.example", reason },
      { line: 5, input: "at.below.example", reason },
    ],
    estimate: { domains: 2 },
  });
  expect((await far.batches.validate({ text })).invalid).toEqual([]);
});

test("rows are read as text is, whatever their cells hold, and another column can be chosen", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const rows = [
    ["Id", "Website", "Shop"],
    [1, "one.example", "shop-one.example"],
    [2, null, true],
  ];
  const { valid, invalid } = await api.batches.validate({ rows });
  expect(valid).toEqual([{ line: 2, domain: "one.example" }]);
  expect(invalid).toMatchObject([{ line: 3, input: "2, , true" }]);
  const chosen = await api.batches.validate({ rows, column: 2 });
  expect(chosen.valid).toEqual([{ line: 2, domain: "shop-one.example" }]);
  expect(chosen.columns.map(({ readBy }) => readBy)).toEqual([null, null, "choice"]);
});

test("a list that names nothing is answered all the same", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  expect(await api.batches.validate({ text: "nothing\nto see" })).toMatchObject({
    valid: [],
    invalid: [{ line: 1 }, { line: 2 }],
    estimate: { domains: 0, pages: 0, seconds: 0 },
  });
  expect(await api.batches.validate({ text: "" })).toMatchObject({ valid: [], invalid: [] });
});

test.each([
  ["lines", (count: number) => ({ text: many(count).join("\n") }), "text"],
  ["names of one line", (count: number) => ({ text: many(count).join(" ") }), "text"],
  [
    "rows",
    (count: number) => ({ rows: [["Website"], ...many(count).map((name) => [name])] }),
    "rows",
  ],
])("10,000 %s are sorted, and not one more", async (_, listOf, field) => {
  const api = await world.caller(world.tenants.near, "operator");
  const { valid, estimate } = await api.batches.validate(listOf(10_000));
  expect([valid.length, estimate.domains]).toEqual([10_000, 10_000]);
  await expect(api.batches.validate(listOf(10_001))).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: {
      details: { errorCode: "TOO_MANY_LINES", fieldErrors: { [field]: expect.any(String) } },
    },
  });
});

test.each([
  ["neither text nor rows", {}],
  ["both", { text: "a.example", rows: ["a.example"] }],
  ["cells that are none", { rows: [[{}]] as never }],
])("%s are refused with one complaint", async (_, input) => {
  const api = await world.caller(world.tenants.near, "operator");
  await expect(api.batches.validate(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("the estimate follows the tenant's own batches, once they tell enough", async () => {
  const { far } = world.tenants;
  const api = await world.caller(far, "operator");
  const ran = (domains: number) =>
    world.rows(
      `insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status, total_domains, completed_domains, batch_metadata,
         options, start_time, end_time)
       select id, id, :tenantId::uuid, 'batch_page_scraper', 'complete', :domains::int, :domains::int, :metadata::jsonb, :options::jsonb,
         timezone('utc', now()) - interval '100 seconds', timezone('utc', now())
       from (select gen_random_uuid() as id) made`,
      {
        tenantId: far.id,
        domains,
        metadata: { pages: domains * 4 },
        options: { max_concurrent: 2 },
      },
    );
  const paceNow = async () => (await api.batches.validate({ text: "a.example" })).pace;
  await ran(19);
  expect(await paceNow()).toEqual(USUAL_PACE);
  await ran(1);
  const pace = await paceNow();
  // 20 domains of 4 pages: 100 s in two places, and 100 s in the only place that one domain can take.
  expect(pace).toEqual({ pagesPerDomain: 4, secondsPerPage: 300 / 80 });
  const { estimate } = await api.batches.validate({ text: many(10).join(" "), maxPages: 2 });
  expect(estimate).toEqual(estimateBatch(10, { maxPages: 2, maxConcurrent: 5 }, pace));
  expect(estimate).toEqual({ domains: 10, pages: 20, seconds: 15 });
});

test.each([
  [0, 0, 0],
  [1, 12, 12],
  [5, 60, 12],
  [6, 72, 15],
  [100_000, 1_200_000, 240_000],
])(
  "%d domains are estimated at %d pages and %d seconds where nothing is known",
  (domains, pages, seconds) => {
    expect(estimateBatch(domains, { maxPages: 50, maxConcurrent: 5 })).toEqual({
      domains,
      pages,
      seconds,
    });
  },
);
