import { afterAll, beforeAll, expect, test } from "vitest";
import { readRows } from "../src/export/read-rows.ts";
import { listBatches, listContacts, listJobs, listLeads, listPages } from "../src/index.ts";
import type { List } from "../src/list/define-list.ts";
import type { AnyList } from "../src/list/list.contract.ts";
import { countRead } from "./count-read.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let batchId: string;
beforeAll(async () => {
  world = await createWorld();
  await addLeads(world, world.tenants.near.id, { count: 60 });
  await addLeads(world, world.tenants.far.id, { count: 5, first: 1_000 });
  const api = await world.caller(world.tenants.near, "owner");
  const domains = Array.from({ length: 40 }, (_, at) =>
    at % 4 === 0 ? `no ${at}` : `s${at}.example`,
  );
  ({ batchId } = await api.batches.create({ domains }));
  for (const label of ["a", "b", "c"]) await api.batches.create({ domains: ["x.example"], label });
});
afterAll(() => world.close());

type Anything = List<AnyList, Record<string, unknown>>;
const RIGHTS = { mayReadContacts: true };

/** A list, the column that tells its rows apart, what its pages call that, and questions for it. */
const LISTS: [Anything, column: string, key: string, questions: object[]][] = [
  [
    listLeads as unknown as Anything,
    "domainId",
    "domainId",
    [
      {},
      { technology: ["WordPress"] },
      { has: ["email"], country: ["DE"] },
      { q: "bäck" },
      { contact: "anna" },
      { lacks: ["email"], town: ["Wien"] },
      { town: ["nowhere"] },
    ],
  ],
  [
    listContacts as unknown as Anything,
    "id",
    "id",
    [{}, { kind: ["person"] }, { q: "anna", gone: false }],
  ],
  [listPages as unknown as Anything, "id", "id", [{}, { type: ["home"] }, { title: "start 1" }]],
  [
    listJobs as unknown as Anything,
    "jobId",
    "jobId",
    [
      {},
      { status: ["failed"] },
      { status: ["cancelled"] },
      { q: "s1" },
      { errorCode: ["invalid_domain"] },
    ],
  ],
  [listBatches as unknown as Anything, "batchId", "batchId", [{}, { status: ["pending"] }]],
];

const CASES = LISTS.flatMap(([list, column, key, questions]) =>
  Object.keys(list.contract.orders).flatMap((order) =>
    questions.map((question) => ({ name: list.contract.name, order, question, list, column, key })),
  ),
);

async function exported({ list, order, question, column }: (typeof CASES)[number], more: object) {
  const ids: (string | null)[] = [];
  const ask = {
    tenantId: world.tenants.near.id,
    filters: { ...question, ...more },
    order,
    columns: [column],
    until: "2100-01-01T00:00:00Z",
    since: null,
    rights: RIGHTS,
  };
  const rows = readRows(world.database.db, list, ask as never, new AbortController().signal, 7);
  for await (const chunk of rows) ids.push(...Array.from(chunk, ([id]) => id ?? null));
  return ids;
}

test.each(CASES)(
  "$name by $order with $question: an export has the rows that the pages have, in their order",
  async (one) => {
    const more = one.list.contract.orders[one.order]?.includes("batchId") ? { batchId } : {};
    const told: unknown[] = [];
    for (let cursor: string | undefined; ;) {
      const input = { ...one.question, ...more, order: one.order, limit: 200, cursor };
      const page = await one.list(world.database.db, world.tenants.near.id, input as never, RIGHTS);
      told.push(...page.items.map((item) => item[one.key]));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(await exported(one, more)).toEqual(told);
  },
);

test("there are rows in what was compared", async () => {
  const sizes = await Promise.all(
    CASES.filter(({ question }) => Object.keys(question).length === 0).map((one) =>
      exported(one, one.order === "batch" ? { batchId } : {}),
    ),
  );
  for (const ids of sizes) expect(ids.length).toBeGreaterThan(3);
});

const MOVES: Record<string, string> = {
  newest: "last_scan = timestamptz '2026-11-10+00' + make_interval(secs => :way::int * :step::int)",
  name: "business_name = chr(110 - :way::int * 13) || :step::int",
  town: "town = chr(110 - :way::int * 13) || :step::int",
  emails: "emails = 3 + :way::int * 3 + 0 * :step::int",
};

test.each([
  ...Object.keys(MOVES).map((order) => ({ order, question: {} })),
  { order: "newest", question: { lacks: ["parked"] } },
])(
  "leads by $order with $question come once each while they move to and fro, and none is missed that was there all along",
  async ({ order, question }) => {
    const all = await listLeads(world.database.db, world.tenants.near.id, {
      ...question,
      limit: 200,
    } as never);
    const ids = all.items.map(({ domainId }) => domainId);
    const ask = {
      tenantId: world.tenants.near.id,
      filters: question,
      order,
      columns: ["domainId"],
      until: "2100-01-01T00:00:00Z",
      since: null,
      rights: RIGHTS,
    };
    const told: (string | null)[] = [];
    let step = 0;
    for await (const chunk of readRows(
      world.database.db,
      listLeads as never,
      ask as never,
      new AbortController().signal,
      7,
    )) {
      told.push(...Array.from(chunk, ([id]) => id ?? null));
      const left = ids.filter((id) => !told.includes(id));
      for (const [way, moved] of [
        [1, told.slice(-3)],
        [-1, told.slice(0, 3)],
        [1, left.slice(0, 3)],
        [-1, left.slice(-3)],
      ] as const) {
        await world.rows(
          `update app.leads set ${MOVES[order]} where domain_id = any(:moved::uuid[])`,
          { way, step: ++step, moved },
        );
      }
    }
    expect(told.toSorted()).toEqual(ids.toSorted());
  },
);

test("an export of all jobs reads each about once, where nobody has analysed the tables", async () => {
  const far = await world.caller(world.tenants.far, "owner");
  const domains = Array.from({ length: 900 }, (_, at) => `f${at}.example`);
  await far.batches.create({ domains });
  const removed = await far.batches.create({ domains: domains.slice(0, 40) });
  await far.batches.cancel({ batchId: removed.batchId });
  await far.batches.delete({ batchId: removed.batchId });
  await far.batches.create({ domains: domains.slice(0, 10) });
  const ask = {
    tenantId: world.tenants.far.id,
    filters: {},
    order: "newest",
    columns: ["domain", "jobId"],
    until: "2100-01-01T00:00:00Z",
    since: null,
    rights: RIGHTS,
  };
  const told = new Set<string | null>();
  const read = await world.database.db.transaction(async (tx) => {
    const before = await countRead(tx);
    const { signal } = new AbortController();
    for await (const rows of readRows(tx, listJobs, ask as never, signal, 5)) {
      for (const [, jobId] of rows) told.add(jobId ?? null);
    }
    return (await countRead(tx)) - before;
  });
  expect(told.size).toBe(910);
  expect(read).toBeGreaterThan(told.size);
  expect(read).toBeLessThan(40 * told.size);
});
