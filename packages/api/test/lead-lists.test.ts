import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LeadListInput } from "../src/contract.ts";
import type { Procedures } from "../src/index.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
/** Everything of a lead, as its row has it. */
let rows: Row[];
let inBatch: Set<string>;
let batchId: string;

interface Row {
  domain_id: string;
  domain: string;
  business_name: string | null;
  town: string | null;
  region: string | null;
  country: string | null;
  language: string | null;
  emails: number;
  phones: number;
  people: number;
  technology_names: string[];
  technology_categories: string[];
  networks: string[];
  takes_mail: string[];
  signals: string[];
  reason: string | null;
  label: string | null;
  contacted: boolean;
  do_not_contact: boolean;
  first_scan: number;
  last_scan: number;
  changed_at: number | null;
  addresses: string[];
  numbers: string[];
}

const COUNT = 120;
const seconds = (column: string) => `extract(epoch from ${column})::float8 as ${column}`;

beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  await addLeads(world, world.tenants.near.id, { count: COUNT });
  await addLeads(world, world.tenants.far.id, { count: COUNT });
  const domains = Array.from({ length: COUNT / 4 }, (_, at) => `lead-${at * 4}.example`);
  ({ batchId } = await api.batches.create({ domains }));
  inBatch = new Set(domains);
  rows = await world.rows<Row>(
    `select domain_id, domain, business_name, town, region, country, language, emails, phones, people, technology_names,
       technology_categories, networks, takes_mail, signals, reason, label, contacted_at is not null as contacted,
       do_not_contact, ${seconds("first_scan")}, ${seconds("last_scan")}, ${seconds("changed_at")},
       array(select e.email from app.lead_emails e where e.domain_id = l.domain_id and e.gone_at is null) as addresses,
       array(select p.e164 from app.lead_phones p where p.domain_id = l.domain_id) as numbers
     from app.leads l where tenant_id = :id::uuid`,
    { id: world.tenants.near.id },
  );
});
afterAll(() => world.close());

type Filters = Omit<LeadListInput, "limit" | "cursor" | "order">;
const isIn = (words: readonly string[] | undefined, ...values: (string | null)[]) =>
  words === undefined ||
  values.some(
    (value) => value !== null && words.some((word) => word.toLowerCase() === value.toLowerCase()),
  );
const traitsOf = (row: Row) => [
  ...(row.emails > 0 ? ["email"] : []),
  ...(row.phones > 0 ? ["phone"] : []),
  ...(row.people > 0 ? ["person"] : []),
  ...row.signals,
];
const since = (time: string | undefined, at: number | null) =>
  time === undefined || (at !== null && at >= Date.parse(time) / 1_000);

/** What each filter means, told a second time in the plainest way. */
const fits = (row: Row, filters: Filters): boolean => {
  const { q, contact } = filters;
  const text = `${row.domain} ${row.business_name ?? ""}`.toLowerCase();
  const digits = contact?.replace(/\D/g, "").replace(/^0+/, "") ?? "";
  return (
    (!q || (q.length < 3 ? row.domain.startsWith(q) : text.includes(q.toLowerCase()))) &&
    (contact === undefined ||
      row.addresses.some((address) =>
        contact.includes("@")
          ? address.startsWith(contact)
          : address.includes(contact.toLowerCase()),
      ) ||
      (/^[\d+ ]+$/.test(contact) && row.numbers.some((number) => number.includes(digits)))) &&
    (filters.has ?? []).every((trait) => traitsOf(row).includes(trait)) &&
    !(filters.lacks ?? []).some((trait) => traitsOf(row).includes(trait)) &&
    isIn(filters.technology, ...row.technology_names) &&
    (filters.noTechnology === undefined || !isIn(filters.noTechnology, ...row.technology_names)) &&
    isIn(filters.category, ...row.technology_categories) &&
    isIn(filters.country, row.country) &&
    isIn(filters.region, row.region) &&
    isIn(filters.town, row.town) &&
    isIn(filters.language, row.language) &&
    isIn(filters.network, ...row.networks) &&
    isIn(filters.deliverable, ...row.takes_mail) &&
    isIn(filters.reason, row.reason) &&
    isIn(filters.label, row.label) &&
    (filters.contacted === undefined || filters.contacted === row.contacted) &&
    (filters.doNotContact === undefined || filters.doNotContact === row.do_not_contact) &&
    (filters.batchId === undefined || inBatch.has(row.domain)) &&
    since(filters.scannedSince, row.last_scan) &&
    (filters.scannedUntil === undefined ||
      row.last_scan <= Date.parse(filters.scannedUntil) / 1_000) &&
    since(filters.changedSince, row.changed_at) &&
    since(filters.newSince, row.first_scan)
  );
};

const some = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const anyFilters: fc.Arbitrary<Filters> = fc
  .record({
    q: some("le", "x", "bäck", "LEAD-1", "ead-2", "nobody", "100%"),
    contact: some(
      "info",
      "info@lead-1",
      "nfo@lead-1",
      "anna",
      "lead-3",
      "+49 30 1234",
      "030 123450",
      "nobody",
      "in",
    ),
    has: some<Filters["has"]>(
      ["email"],
      ["phone", "contact_form"],
      ["person"],
      ["shop"],
      ["blog"],
      ["email", "shop"],
    ),
    lacks: some<Filters["lacks"]>(["email"], ["contact_form"], ["blog", "person"]),
    technology: some(["wordpress"], ["Shopify", "Matomo"], ["Nobody"]),
    noTechnology: some(["WordPress"], ["shopify"]),
    category: some(["CMS"], ["Shop", "CMS"]),
    country: some(["DE"], ["AT", "CH"], ["US"]),
    region: some(["nord"], ["Süd"]),
    town: some(["berlin"], ["Wien", "Bonn"]),
    language: some(["de"], ["en", "fr"]),
    network: some(["facebook"], ["xing"]),
    deliverable: some<Filters["deliverable"]>(["yes"], ["no", "unknown"]),
    reason: some(["parked"], ["robots"]),
    label: some(["To call"], ["nothing"]),
    contacted: some(true, false),
    doNotContact: some(true, false),
    batchId: fc.option(fc.constant("the batch"), { nil: undefined }),
    scannedSince: some("2026-11-11", "2026-11-12T09:00:00+00:00", "2027-01-01"),
    scannedUntil: some("2026-11-12", "2026-11-13T10:00:00Z"),
    changedSince: some("2026-11-09T00:00:00Z", "2026-11-10"),
    newSince: some("2026-11-03"),
  })
  // One to three of them at once: more fit hardly any row.
  .chain((all) =>
    fc
      .subarray(Object.keys(all) as (keyof Filters)[], { minLength: 1, maxLength: 3 })
      .map((names) => Object.fromEntries(names.map((name) => [name, all[name]]))),
  );

test("each filter finds what it says, alone and with others, in every order, counted as listed", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyFilters,
      fc.constantFrom("newest", "name", "domain", "town", "emails"),
      fc.constantFrom(3, 200),
      async (drawn, order, limit) => {
        const filters = { ...drawn, ...(drawn.batchId === undefined ? {} : { batchId }) };
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await api.leads.list({
            ...filters,
            order: order as "newest",
            limit,
            cursor,
          });
          found.push(...page.items.map(({ domain }) => domain));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        const expected = rows.filter((row) => fits(row, filters)).map(({ domain }) => domain);
        expect(found.toSorted()).toEqual(expected.toSorted());
        const counted = { value: expected.length, exact: true };
        expect(await api.leads.count(filters)).toEqual(counted);
        expect(await api.leads.count({ ...filters, exact: true })).toEqual(counted);
        expect(await api.leads.facets(filters)).toMatchObject({ rows: expected.length, all: true });
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

test("orders are what they are called, and a lead without a town comes last", async () => {
  const read = async (order: "name" | "domain" | "town" | "emails" | "newest") =>
    (await api.leads.list({ order, limit: 200 })).items;
  const towns = (await read("town")).map(({ town }) => town?.toLowerCase() ?? "~");
  expect(towns).toEqual(towns.toSorted());
  expect(towns.at(-1)).toBe("~");
  const domains = (await read("domain")).map(({ domain }) => domain);
  expect(domains).toEqual(domains.toSorted());
  const names = (await read("name")).map(({ name, displayDomain }) => name ?? displayDomain);
  expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, "en")));
  const emails = (await read("emails")).map(({ counts }) => counts.emails);
  expect(emails).toEqual(emails.toSorted((one, other) => other - one));
  const scans = (await read("newest")).map(({ lastScan }) => lastScan);
  expect(scans).toEqual(scans.toSorted().toReversed());
});

test("values are told with how many of the rows have them, the most frequent first", async () => {
  const { facets } = await api.leads.facets({ country: ["DE"] });
  expect(facets.country).toEqual([{ value: "DE", count: COUNT / 4 }]);
  const technologies = new Map<string, number>();
  for (const row of rows.filter(({ country }) => country === "DE")) {
    for (const name of row.technology_names)
      technologies.set(name, (technologies.get(name) ?? 0) + 1);
  }
  expect(new Map(facets.technology.map(({ value, count }) => [value, count]))).toEqual(
    technologies,
  );
  const counts = facets.technology.map(({ count }) => count);
  expect(counts).toEqual(counts.toSorted((one, other) => other - one));
});

test("who may not read contacts is told counts and towns, no address or number, and can look for none", async () => {
  const viewer = await world.caller(world.tenants.near, "viewer");
  const { items } = await viewer.leads.list({ has: ["email"], limit: 200 });
  expect(items.length).toBeGreaterThan(0);
  expect(items.some(({ town }) => town !== null)).toBe(true);
  expect(items.every(({ counts }) => counts.emails > 0)).toBe(true);
  const told = JSON.stringify(items);
  for (const row of rows) {
    for (const secret of [...row.addresses, ...row.numbers]) expect(told).not.toContain(secret);
  }
  const refusal = { code: "FORBIDDEN", message: "Forbidden" };
  await expect(viewer.leads.list({ contact: "info" })).rejects.toMatchObject(refusal);
  await expect(viewer.leads.count({ contact: "info" })).rejects.toMatchObject(refusal);
  await expect(viewer.leads.facets({ contact: "info" })).rejects.toMatchObject(refusal);
  await expect(viewer.contacts.list({})).rejects.toMatchObject(refusal);
  expect((await viewer.leads.list({ q: "anna.maier" })).items).toEqual([]);
});

test("addresses are found by themselves and by what their business is", async () => {
  const find = async (filters: object) =>
    (await api.contacts.list({ ...filters, limit: 200 })).items
      .map(({ email }) => email)
      .toSorted();
  const all = await world.rows<{
    email: string;
    kind: string;
    gone: boolean;
    country: string | null;
    names: string[];
  }>(
    `select e.email, e.kind, e.gone_at is not null as gone, l.country, l.technology_names as names
     from app.lead_emails e join app.leads l on l.domain_id = e.domain_id where e.tenant_id = :id::uuid`,
    { id: world.tenants.near.id },
  );
  const expected = (isSo: (row: (typeof all)[number]) => boolean) =>
    all
      .filter(isSo)
      .map(({ email }) => email)
      .toSorted();
  expect(await find({ kind: ["person"] })).toEqual(expected(({ kind }) => kind === "person"));
  expect(await find({ gone: true })).toEqual(expected(({ gone }) => gone));
  expect(await find({ gone: false, free: true })).toEqual(
    expected(({ gone, kind }) => !gone && kind === "person"),
  );
  expect(await find({ q: "anna" })).toEqual(expected(({ email }) => email.startsWith("anna")));
  expect(await find({ q: "in" })).toEqual(expected(({ email }) => email.startsWith("in")));
  expect(await find({ technology: ["wordpress"], country: ["DE"] })).toEqual(
    expected(({ country, names }) => country === "DE" && names.includes("WordPress")),
  );
  expect(await api.contacts.count({ gone: true })).toEqual({
    value: expected(({ gone }) => gone).length,
    exact: true,
  });
});

test("pages are found by what they are", async () => {
  const find = async (filters: object) => (await api.pages.list({ ...filters, limit: 200 })).items;
  expect(await find({ type: ["home"] })).toHaveLength(COUNT / 3);
  expect(await find({ domain: "LEAD-7.example" })).toMatchObject([
    { url: "https://lead-7.example/", status: 201, words: 70, language: "de", type: "contact" },
  ]);
  expect((await find({ title: "start 11" })).map(({ title }) => title)).toContain("Start 11");
  expect(await find({ status: 200, contactForm: true })).toHaveLength(COUNT / 2);
  expect(await find({ wordsMin: (COUNT - 2) * 10 })).toHaveLength(2);
  expect(await find({ language: ["fr"] })).toEqual([]);
});

test("a number or time that is none is refused by its name", async () => {
  for (const wrong of [{ scannedSince: "yesterday" }, { newSince: "2026-13-01" }]) {
    await expect(api.leads.list(wrong)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  await expect(api.pages.list({ status: -1 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(api.pages.list({ wordsMin: 2 ** 31 })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("rows are counted one by one to 10,000, and beyond told as about so many unless every one is asked for", async () => {
  const far = await world.caller(world.tenants.far, "owner");
  await addLeads(world, world.tenants.far.id, { count: 10_000 - COUNT, first: COUNT });
  expect(await far.leads.count({})).toEqual({ value: 10_000, exact: true });
  await addLeads(world, world.tenants.far.id, { count: 1, first: 10_000 });
  expect(await far.leads.count({})).toEqual({ value: expect.any(Number), exact: false });
  expect((await far.leads.count({})).value).toBeGreaterThanOrEqual(10_001);
  expect(await far.leads.count({ exact: true })).toEqual({ value: 10_001, exact: true });
  expect(await far.leads.facets({})).toMatchObject({ rows: 10_000, all: false });
  expect(await far.leads.facets({ has: ["email"] })).toMatchObject({ rows: 5_001, all: true });
  expect(await api.leads.count({})).toEqual({ value: COUNT, exact: true });
}, 60_000);
