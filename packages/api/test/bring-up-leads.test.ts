import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRows } from "../src/export/read-rows.ts";
import { beginExport, endExport, listContacts, listLeads, type Procedures } from "../src/index.ts";
import { bringUpNextLeads, chooseNextByRule, FROM_THE_BEGINNING } from "../src/services.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed, lead } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

/** A domain as an earlier version left it; values are SQL. */
async function addEarlier(domain: string, columns: Record<string, string> = {}): Promise<string> {
  const scanned = "timestamptz '2026-03-03'";
  const row = {
    first_scan: scanned,
    last_scan: scanned,
    last_successful_scan: scanned,
    ...columns,
  };
  const [added] = await world.rows<{ id: string }>(
    `insert into domains (tenant_id, domain, ${Object.keys(row).join(", ")})
     values (:tenantId::uuid, :domain, ${Object.values(row).join(", ")}) returning id`,
    { tenantId: world.tenants.near.id, domain },
  );
  return added?.id ?? "";
}

async function addContact(domainId: string, email: string, type: string, seen: string) {
  await world.rows(
    `with page as (
       insert into pages (tenant_id, domain_id, url, has_contact_form) values (:tenantId::uuid, :domainId::uuid, 'https://x.example/' || :email, true)
       returning id, url
     )
     insert into contacts (domain_id, page_id, email, email_type, context, source_url, created_at, updated_at)
     select :domainId::uuid, page.id, :email, :type::contact_email_type_enum, 'Write to us', page.url, '2026-01-01', :seen::timestamptz from page`,
    { tenantId: world.tenants.near.id, domainId, email, type, seen },
  );
}

const bringUp = () =>
  world.database.db.transaction((tx) => bringUpNextLeads(tx, FROM_THE_BEGINNING));

async function scan(domain: string, outcome = done()) {
  await world.rows("delete from pgboss.job");
  await api.batches.create({ domains: [domain] });
  const [claim] = await claimJobs(world, 1);
  if (!claim) throw new Error("the job was not offered");
  await recordClaim(world, claim, outcome);
}

const SCANNED = "2026-03-03T00:00:00.000000Z";

test("a domain of an earlier version gets the lead that its columns and contacts tell", async () => {
  const domainId = await addEarlier("shop.example", {
    email_addresses: "array['info@shop.example']",
    phone_numbers: "array['+4315120000']",
    physical_addresses: "array['Hauptplatz 1, Wien']",
    tech_stack: `'[{"name": "WordPress", "category": "CMS", "version": "6.8"}]'`,
    facebook_url: "'https://facebook.com/shop'",
    country_code: "'AT'",
    business_type: "'Store'",
    language: "'de'",
    content_language: "array['de']",
    has_ecommerce: "true",
    page_count: "3",
    meta_json: `'{"final_url": "https://www.shop.example/"}'`,
  });
  await addContact(domainId, "info@shop.example", "Service", "2026-03-03");
  await addContact(domainId, "old@gmail.com", "Free", "2026-02-02");
  expect(await bringUp()).toMatchObject({ leads: 1, unread: 0, isLast: true });
  const found = await api.leads.byId({ domainId });
  expect(found).toMatchObject({
    business: { name: null, kind: "Store" },
    bestEmail: { value: "info@shop.example", by: "rule" },
    bestPhone: { value: "+4315120000", by: "rule" },
    country: { code: "AT", confidence: null },
    signals: ["contact_form", "shop"],
    counts: { emails: 1, phones: 1, socials: 1, addresses: 1, technologies: 1, pages: 3 },
    lastSuccess: SCANNED,
    changedAt: null,
    emails: [
      {
        email: "info@shop.example",
        kind: "role",
        ownDomain: true,
        hidden: null,
        pages: ["https://x.example/info@shop.example"],
        context: "Write to us",
        firstSeen: "2026-01-01T00:00:00.000000Z",
        lastSeen: SCANNED,
        goneAt: null,
      },
      {
        email: "old@gmail.com",
        free: true,
        lastSeen: "2026-02-02T00:00:00.000000Z",
        goneAt: SCANNED,
      },
    ],
    phones: [{ e164: "+4315120000", text: "+43 1 5120000", firstSeen: SCANNED, foundAs: null }],
    technologies: [{ name: "WordPress", version: "6.8", evidence: null }],
    socials: [{ network: "facebook", account: "shop" }],
  });
  expect(await bringUp()).toMatchObject({ leads: 0, isLast: true });
});

test("the first scan after that tells no changes and keeps since when each e-mail is known; the next one compares", async () => {
  const [email] = lead.emails;
  const emails = [{ ...email!, email: "info@shop.example" }];
  await scan("shop.example", done({ lead: { ...lead, emails } }));
  const found = await api.leads.byDomain({ domain: "shop.example" });
  expect(found.changes).toEqual([]);
  expect(found.emails).toMatchObject([
    { email: "info@shop.example", hidden: "mailto", firstSeen: "2026-01-01T00:00:00.000000Z" },
    { email: "old@gmail.com", goneAt: SCANNED },
  ]);
  expect(found.phones).toMatchObject([
    { e164: "+4312345678", goneAt: null },
    { e164: "+4315120000", lastSeen: SCANNED, goneAt: found.lastSuccess },
  ]);
  await scan("shop.example", done({ lead: { ...lead, emails: [] } }));
  expect((await api.leads.byDomain({ domain: "shop.example" })).changes).toMatchObject([
    { changes: [{ of: "email", what: "went", subject: "info@shop.example" }] },
  ]);
});

test("rows of the first system are brought up whatever their columns hold", async () => {
  const odd = await addEarlier("odd.example", {
    email_addresses: "array[null, '', 'no address', 'Info@Odd.example ', 'info@odd.example']",
    phone_numbers: "array['(207) 775-4120', 'call us', null, '+1 207 775 4120']",
    physical_addresses: "array[null, '', repeat('long ', 1000)]",
    tech_stack: `'["WordPress", {"name": " PHP ", "version": 8}, {"cms": true}, null, 7, {"name": "${"x".repeat(4000)}"}]'`,
    facebook_url: "'not a url'",
    twitter_url: "''",
    content_language: "array[null, 'en']",
    country_code: "'US'",
    meta_json: "'[1, 2]'",
    error_history: `'"none"'`,
    content_scrape_status: "'Error'",
    last_successful_scan: "null",
  });
  const stacks = ["null", "'{}'", `'{"cms": "WordPress"}'`, `'"WordPress"'`, "'5'", "'null'"];
  const others: string[] = [];
  for (const [at, tech_stack] of stacks.entries()) {
    others.push(await addEarlier(`stack-${at}.example`, { tech_stack, country_code: "'Austria'" }));
  }
  // By the column: three e-mails, two numbers, two addresses, three products, one account; then one thing of each of three stacks.
  expect(await bringUp()).toMatchObject({ leads: 7, unread: 14 });
  const found = await api.leads.byId({ domainId: odd });
  expect(found.emails.map(({ email }) => email)).toEqual(["info@odd.example"]);
  expect(found.phones.map(({ e164 }) => e164)).toEqual(["+12077754120"]);
  expect(found.addresses.map(({ written }) => written.length)).toEqual([250]);
  expect(found.technologies.map(({ name, version }) => [name.length, version])).toEqual([
    [3, null],
    [9, null],
    [200, null],
  ]);
  expect(found).toMatchObject({ lastSuccess: null, failure: null, languages: { pages: ["en"] } });
  const told = [];
  for (const domainId of others) {
    const { technologies, country } = await api.leads.byId({ domainId });
    told.push([country, ...technologies.map(({ name }) => name)]);
  }
  expect(told).toEqual([[null], [null], [null], [null, "WordPress"], [null], [null]]);
});

test("a scan of a domain that was not brought up yet does so first; a failed one leaves that to the command", async () => {
  const [done1, failed1] = ["late.example", "late-failed.example"];
  for (const domain of [done1, failed1]) {
    await addContact(await addEarlier(domain), `old@${domain}`, "Corporate", "2026-02-02");
  }
  await scan(done1);
  const found = await api.leads.byDomain({ domain: done1 });
  expect(found.counts.emails).toBe(2);
  expect(found.emails.find(({ email }) => email === `old@${done1}`)).toMatchObject({
    firstSeen: "2026-01-01T00:00:00.000000Z",
    lastSeen: "2026-02-02T00:00:00.000000Z",
    goneAt: expect.any(String),
  });
  await scan(failed1, failed());
  await expect(api.leads.byDomain({ domain: failed1 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await bringUp();
  expect(await api.leads.byDomain({ domain: failed1 })).toMatchObject({
    failure: { code: "dns_not_found" },
    emails: [{ email: `old@${failed1}`, goneAt: null }],
  });
});

test("a rule that was changed chooses anew where nobody chose by hand, in each tenant for itself", async () => {
  const best = async (domain: string) => (await api.leads.byDomain({ domain })).bestEmail?.value;
  await scan("ruled.example");
  await scan("by-hand.example");
  const { domainId } = await api.leads.byDomain({ domain: "by-hand.example" });
  await api.leads.chooseEmail({
    domainId,
    expectedUpdatedAt: null,
    email: "info@bakery.example",
  });
  const choose = () =>
    world.database.db.transaction((tx) => chooseNextByRule(tx, FROM_THE_BEGINNING));
  expect(await choose()).toMatchObject({ chosen: 0, isLast: true });
  await world.rows(
    "insert into app.tenant_settings (tenant_id, best_email) values (:near::uuid, 'person'), (:far::uuid, 'person')",
    { near: world.tenants.near.id, far: world.tenants.far.id },
  );
  const { chosen } = await choose();
  expect(chosen).toBeGreaterThan(0);
  expect(await best("ruled.example")).toBe("hr@gmail.com");
  expect(await best("by-hand.example")).toBe("info@bakery.example");
  expect(await choose()).toMatchObject({ chosen: 0, isLast: true });
});

test("a domain that was written after its last scan is listed by either time as it is counted", async () => {
  await addEarlier("copied.example", { first_scan: "timestamptz '2026-06-01'" });
  await bringUp();
  const asked = { q: "copied.example", newSince: "2026-03-01" };
  const { items } = await api.leads.list(asked);
  expect(items).toMatchObject([{ firstScan: SCANNED, lastScan: SCANNED }]);
  expect(await api.leads.count(asked)).toEqual({ value: 1, exact: true });
});

test("what is brought up later is new to an export of what is new, and what was known is not", async () => {
  const caller = {
    actor: await world.actor(world.tenants.near, "owner"),
    requestId: "since",
    source: "trpc" as const,
  };
  const begin = (sinceId?: string) =>
    world.database.db.transaction((tx) =>
      beginExport(tx, caller, {
        list: "leads",
        format: "csv",
        filters: {},
        columns: ["domain"],
        sinceId,
        batchName: undefined,
      }),
    );
  await addContact(
    await addEarlier("came-late.example"),
    "info@came-late.example",
    "Service",
    "2026-02-02",
  );
  const { exportId } = await begin();
  await endExport(world.database.db, exportId, "finish", { rows: 1, bytes: 1, cut: 0 });
  await bringUp();
  const { asOf: until, since } = await begin(exportId);
  const read = async (list: typeof listLeads | typeof listContacts, column: string) => {
    const ask = {
      tenantId: world.tenants.near.id,
      filters: {},
      order: undefined,
      until,
      since,
      rights: { mayReadContacts: true },
    };
    const rows: unknown[] = [];
    for await (const chunk of readRows(
      world.database.db,
      list as never,
      { ...ask, columns: [column] } as never,
      new AbortController().signal,
    )) {
      rows.push(...Array.from(chunk, ([cell]) => cell));
    }
    return rows;
  };
  expect(await read(listLeads, "domain")).toEqual(["came-late.example"]);
  expect(await read(listContacts, "email")).toEqual(["info@came-late.example"]);
});

describe("a domain that the first system kept as it was typed", () => {
  test("is found by its name as everybody writes it, and its scan makes no second one", async () => {
    const domainId = await addEarlier("Typed.Example", { last_scan: "now()" });
    await addContact(domainId, "info@typed.example", "Service", "2026-02-02");
    const { recent } = await api.batches.validate({ text: "typed.example" });
    expect(recent).toMatchObject([{ line: 1, domain: "typed.example" }]);
    expect((await api.pages.list({ domain: "typed.example" })).items).toHaveLength(1);
    await bringUp();
    expect(await api.leads.byDomain({ domain: "Typed.example" })).toMatchObject({
      domainId,
      domain: "typed.example",
    });
    for (const q of ["ty", "yped.ex"]) {
      const { items } = await api.leads.list({ q });
      expect(items.map((item) => item.domain)).toEqual(["typed.example"]);
    }
    const { batchId } = await api.batches.create({
      domains: ["typed.example", "other.example"],
      reuse: ["typed.example"],
    });
    expect((await api.batches.byId({ batchId })).total).toBe(1);
    await scan("typed.example");
    const rows = await world.rows(
      "select id, domain from domains where lower(domain) = 'typed.example'",
    );
    expect(rows).toEqual([{ id: domainId, domain: "typed.example" }]);
  });

  test("beside one that is not stays as it is, and the other one counts", async () => {
    await addEarlier("Twice.Example");
    const domainId = await addEarlier("twice.example");
    await bringUp();
    await scan("twice.example", failed());
    expect((await api.leads.byDomain({ domain: "twice.example" })).domainId).toBe(domainId);
    expect((await api.pages.list({ domain: "twice.example" })).items).toEqual([]);
  });
});
