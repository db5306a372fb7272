import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactListInput, JobListInput, LeadListInput } from "../src/contract.ts";
import type { Procedures } from "../src/index.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

// Rows enough that every step of a page is taken (select-by-ways.ts): what fits lies dense, thin, rare, or where the first
// rows promise what does not follow.

const COUNT = 2_400;
const LIMIT = 50;
let world: World;
let api: Procedures;
let batchId: string;

beforeAll(async () => {
  world = await createWorld();
  const { near, far } = world.tenants;
  api = await world.caller(near, "owner");
  await addLeads(world, near.id, { count: COUNT });
  await addLeads(world, far.id, { count: 200, first: COUNT });
  const mark = (label: string, order: string, count: number) =>
    world.rows(
      `update app.leads set label = :label where domain_id in (
         select domain_id from app.leads where tenant_id = :id::uuid order by last_scan ${order}, domain_id ${order} limit :count::int)`,
      { label, id: near.id, count },
    );
  await mark("promising", "desc", 20);
  await mark("promising", "asc", 25);
  await mark("hardly", "desc", 6);
  await mark("hardly", "asc", 60);
  const domains = Array.from({ length: COUNT }, (_, at) => `lead-${at}.example`);
  ({ batchId } = await api.batches.create({ domains }));
  await api.batches.create({ domains: domains.slice(0, 30) });
  const gone = await api.batches.create({ domains: domains.slice(0, 60) });
  await world.rows(
    `insert into app.batch_removals (batch_id, tenant_id, due_at) values (:batchId::uuid, :id::uuid, now() + interval '1 day')`,
    { batchId: gone.batchId, id: near.id },
  );
  const other = await world.caller(far, "owner");
  await other.batches.create({ domains });
  await world.rows(
    `update jobs j set status = case when s.position % 7 = 0 then 'failed' when s.position % 5 = 0 then 'complete' when s.position % 11 = 0 then 'running' else status end
     from app.scrape_jobs s where s.job_id = j.job_id`,
  );
  await world.rows(
    `update app.scrape_jobs set error_code = (array['timeout', 'http_4xx', 'tls_failed'])[1 + position % 3]
     where position % 7 = 0 or position % 100 = 1`,
  );
  await world.rows("analyze");
}, 120_000);
afterAll(() => world.close());

async function readAll<Row>(
  read: (page: { limit: number; cursor: string | undefined }) => Promise<{
    items: Row[];
    nextCursor: string | null;
    previousCursor: string | null;
  }>,
  key: keyof Row,
): Promise<unknown[]> {
  const pages = [await read({ limit: LIMIT, cursor: undefined })];
  for (let at = pages[0]; at?.nextCursor; at = pages.at(-1)) {
    pages.push(await read({ limit: LIMIT, cursor: at.nextCursor }));
  }
  const [before, last] = pages.slice(-2);
  if (last?.previousCursor) {
    const back = await read({ limit: LIMIT, cursor: last.previousCursor });
    expect(back.items).toEqual(before?.items);
  }
  return pages.flatMap(({ items }) => items.map((item) => item[key]));
}

const LEAD_ORDERS = {
  newest: "last_scan desc, domain_id desc",
  name: `lower(left(coalesce(business_name, display_domain), 60)), domain_id`,
  domain: `domain collate "C", domain_id`,
  town: `town is null, coalesce(lower(left(town, 60)), ''), domain_id`,
  emails: "emails desc, domain_id desc",
};

const LEADS: [what: string, filters: Partial<LeadListInput>, sql: string][] = [
  ["half", { has: ["email"] }, "emails > 0"],
  [
    "one in 20",
    { has: ["shop"], network: ["facebook"] },
    "'shop' = any(signals) and 'facebook' = any(networks)",
  ],
  [
    "one in 63",
    { reason: ["parked"], contacted: true },
    "reason = 'parked' and contacted_at is not null",
  ],
  [
    "one in 72",
    { label: ["To call"], contacted: true },
    "label = 'To call' and contacted_at is not null",
  ],
  [
    "one in 300",
    { label: ["To call"], reason: ["parked"], contacted: true },
    "label = 'To call' and reason = 'parked' and contacted_at is not null",
  ],
  ["promising first rows", { label: ["promising"] }, "label = 'promising'"],
  ["first rows of which hardly any fit", { label: ["hardly"] }, "label = 'hardly'"],
  [
    "a product in another case",
    { technology: ["wordPRESS"], noTechnology: ["shopify"] },
    "'WordPress' = any(technology_names)",
  ],
  [
    "one of two common and a rare word",
    { country: ["DE", "AT"], reason: ["parked"] },
    "country in ('DE', 'AT') and reason = 'parked'",
  ],
  [
    "common words alone",
    { country: ["CH", "AT"], language: ["de", "en"] },
    "country in ('CH', 'AT') and language in ('de', 'en')",
  ],
  [
    "not contacted, rare",
    { contacted: false, reason: ["parked"] },
    "contacted_at is null and reason = 'parked'",
  ],
  ["an address", { contact: "info@lead-1" }, "emails > 0 and domain like 'lead-1%'"],
  ["a number", { contact: "030 1234" }, "best_phone like '%301234%'"],
  ["letters", { q: "AD-23" }, "domain like '%ad-23%'"],
  ["since", { newSince: "2026-11-05" }, "first_scan >= '2026-11-05+00'"],
  [
    "scanned, changed",
    { scannedSince: "2026-11-13", changedSince: "2026-11-10" },
    "last_scan >= '2026-11-13+00' and changed_at >= '2026-11-10+00'",
  ],
];

describe.each(LEADS)("leads of which %s", (_what, filters, sql) => {
  test.each(Object.entries(LEAD_ORDERS))("in the order %s", async (order, sorted) => {
    const expected = await world.rows<{ domain: string }>(
      `select domain from app.leads where tenant_id = :id::uuid and ${sql} order by ${sorted}`,
      { id: world.tenants.near.id },
    );
    const found = await readAll(
      (page) => api.leads.list({ ...filters, ...page, order: order as "newest" }),
      "domain",
    );
    expect(found).toEqual(expected.map(({ domain }) => domain));
  });
});

const JOBS: [what: string, filters: Partial<JobListInput>, sql: string][] = [
  ["all", {}, "true"],
  ["of a status", { status: ["failed"] }, "j.status = 'failed'"],
  ["of two states", { status: ["complete", "failed"] }, "j.status in ('complete', 'failed')"],
  ["of a code", { errorCode: ["timeout"] }, "s.error_code = 'timeout'"],
  [
    "of a code in a rare state",
    { errorCode: ["timeout", "tls_failed"], status: ["pending"] },
    "s.error_code in ('timeout', 'tls_failed') and j.status = 'pending'",
  ],
  ["with common letters", { q: "exam" }, "s.domain like '%exam%'"],
  ["with rare letters", { q: "d-17" }, "s.domain like '%d-17%'"],
  ["with a rare beginning", { q: "le" }, "s.domain like 'le%'"],
  [
    "with letters, of a status",
    { q: "-11", status: ["failed"] },
    "s.domain like '%-11%' and j.status = 'failed'",
  ],
  [
    "with letters, of a code",
    { q: "-1", errorCode: ["timeout"] },
    "s.domain like '-1%' and s.error_code = 'timeout'",
  ],
  [
    "with letters of a code",
    { q: "d-1", errorCode: ["timeout"] },
    "s.domain like '%d-1%' and s.error_code = 'timeout'",
  ],
];

const JOB_ORDERS = {
  newest: "j.id desc",
  moving: "array_position(array['running', 'pending'], j.status::text), j.id desc",
  batch: "s.position",
};

test("jobs since a time, and of who made their batches", async () => {
  const asked = { createdSince: "2000-01-01T00:00:00Z", status: ["failed" as const] };
  const all = await readAll((page) => api.jobs.list({ status: ["failed"], ...page }), "jobId");
  expect(await readAll((page) => api.jobs.list({ ...asked, ...page }), "jobId")).toEqual(all);
  const later = { ...asked, createdSince: "2100-01-01T00:00:00Z" };
  expect((await api.jobs.list({ ...later, limit: LIMIT })).items).toEqual([]);
  const [batch] = (await api.batches.list({ limit: 1 })).items;
  const createdBy = [batch?.createdBy?.id ?? ""];
  const mine = await readAll(
    (page) => api.jobs.list({ ...asked, createdBy, order: "moving", ...page }),
    "jobId",
  );
  expect(mine).toEqual(all);
  const others = { createdBy: [batchId, "nobody"], limit: LIMIT };
  expect((await api.jobs.list(others)).items).toEqual([]);
  expect((await api.batches.list({ createdBy, limit: LIMIT })).items).toHaveLength(2);
  expect((await api.batches.list(others)).items).toEqual([]);
});

describe.each(JOBS)("jobs %s", (_what, filters, sql) => {
  test.each([
    ["newest", false],
    ["newest", true],
    ["moving", false],
    ["batch", true],
  ] as const)("in the order %s, of one batch: %s", async (order, ofBatch) => {
    const expected = await world.rows<{ job_id: string }>(
      `select j.job_id from jobs j join app.scrape_jobs s on s.job_id = j.job_id
       where j.tenant_id_uuid = :id::uuid and not exists (select from app.batch_removals r where r.batch_id = j.batch_id)
         and ${sql} and (not :ofBatch::boolean or j.batch_id = :batchId::uuid)
       order by ${JOB_ORDERS[order]}`,
      { id: world.tenants.near.id, ofBatch, batchId },
    );
    const asked = { ...filters, order, ...(ofBatch ? { batchId } : {}) };
    const found = await readAll((page) => api.jobs.list({ ...asked, ...page }), "jobId");
    expect(found).toEqual(expected.map((row) => row.job_id));
    const { value } = await api.jobs.count({ ...filters, ...(ofBatch ? { batchId } : {}) });
    expect(value).toBe(expected.length);
  });
});

const CONTACTS: [what: string, filters: Partial<ContactListInput>, sql: string][] = [
  ["all", {}, "true"],
  ["of persons", { kind: ["person"] }, "e.kind = 'person'"],
  ["of a product", { technology: ["shopify"] }, "'Shopify' = any(l.technology_names)"],
  [
    "of rare leads",
    { label: ["To call"], contacted: true },
    "l.label = 'To call' and l.contacted_at is not null",
  ],
  [
    "of rare leads, own",
    { label: ["To call"], contacted: false, ownDomain: true },
    "l.label = 'To call' and l.contacted_at is null and e.own_domain",
  ],
  ["with letters", { q: "maier@lead-12" }, "e.email like 'maier@lead-12%'"],
  ["with other letters", { q: "lead-12" }, "e.email like '%lead-12%'"],
  [
    "since",
    { firstSeenSince: "2026-11-04", doNotContact: true },
    "e.first_seen >= '2026-11-04+00' and l.do_not_contact",
  ],
];

describe.each(CONTACTS)("contacts %s", (_what, filters, sql) => {
  test.each([
    ["newest", "e.first_seen desc, e.id desc"],
    ["email", `e.email collate "C", e.id`],
  ] as const)("in the order %s", async (order, sorted) => {
    const expected = await world.rows<{ id: string }>(
      `select e.id from app.lead_emails e join app.leads l on l.domain_id = e.domain_id
       where e.tenant_id = :id::uuid and ${sql} order by ${sorted}`,
      { id: world.tenants.near.id },
    );
    const found = await readAll((page) => api.contacts.list({ ...filters, ...page, order }), "id");
    expect(found).toEqual(expected.map(({ id }) => id));
    expect(await api.contacts.count(filters)).toEqual({ value: expected.length, exact: true });
  });
});

test.each([
  ["all", {}, "true"],
  ["of rare leads", { label: ["To call"] }, "l.label = 'To call'"],
] as const)("contacts of the businesses of one batch: %s", async (_what, { ...filters }, sql) => {
  const expected = await world.rows<{ id: string }>(
    `select e.id from app.lead_emails e join app.leads l on l.domain_id = e.domain_id
     where e.tenant_id = :id::uuid and ${sql} and exists (
       select from app.scrape_jobs s where s.batch_id = :batchId::uuid and s.domain = l.domain
     )
     order by e.first_seen desc, e.id desc`,
    { id: world.tenants.near.id, batchId },
  );
  expect(expected.length).toBeGreaterThan(0);
  const asked = { ...filters, batchId } as Partial<ContactListInput>;
  const found = await readAll((page) => api.contacts.list({ ...asked, ...page }), "id");
  expect(found).toEqual(expected.map(({ id }) => id));
  expect(await api.contacts.count(asked)).toEqual({ value: expected.length, exact: true });
});
