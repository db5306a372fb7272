import type { EmailFacts, LeadFacts } from "@scrapersky/outcome";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { storeLeads } from "../src/lead/store-leads.ts";
import {
  CHANGES_KEPT,
  FACTS_SHOWN,
  LEAD_LABEL_LENGTH_MAX,
  LEAD_NOTE_LENGTH_MAX,
  SCANS_WITH_CHANGES_KEPT,
  SIBLINGS_SHOWN,
} from "../src/contract.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed, lead, page, site } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
beforeEach(async () => {
  await world.rows("delete from pgboss.job");
  await world.rows("truncate app.tenant_settings");
});
afterAll(() => world.close());

/** Scans a domain in a batch of its own. */
async function scan(domain: string, outcome = done()) {
  await api.batches.create({ domains: [domain] });
  const [claim] = await claimJobs(world, 1);
  if (!claim) throw new Error("the job was not offered");
  expect(await recordClaim(world, claim, outcome)).toBe("recorded");
  return claim.jobId;
}

const withLead = (change: Partial<LeadFacts>, more: Parameters<typeof done>[0] = {}) =>
  done({ lead: { ...lead, ...change }, ...more });

const [info, hr] = lead.emails as [EmailFacts, EmailFacts];
const onlyInfo = { emails: [info] };

test("a first scan fills the lead with everything it found, and is no change", async () => {
  await scan("first.example");
  const found = await api.leads.byDomain({ domain: "HTTPS://First.example/contact" });
  expect(found).toMatchObject({
    domain: "first.example",
    contactsHidden: false,
    business: {
      name: "Bäckerei Sonne",
      nameFrom: "json_ld",
      kind: "Bakery",
      legalName: "Sonne GmbH",
    },
    bestEmail: { value: "info@bakery.example", rule: "On the site's own domain.", by: "rule" },
    bestPhone: { value: "+4312345678", by: "rule" },
    place: { street: "Hauptplatz 1", postcode: "1010", town: "Wien", region: null },
    country: { code: "AT", confidence: "sure", signs: [{ sign: "lang", value: "de-AT" }] },
    languages: { site: "de-AT", pages: ["de", "en"] },
    signals: ["contact_form", "shop", "cookie_notice", "privacy_policy"],
    reason: null,
    failure: null,
    counts: {
      emails: 2,
      phones: 1,
      faxes: 0,
      people: 1,
      socials: 5,
      addresses: 1,
      technologies: 1,
      pages: 2,
    },
    notes: { label: null, note: null, contactedAt: null, doNotContact: false, updatedAt: null },
    emails: [
      { email: "hr@gmail.com", free: true, goneAt: null },
      { email: "info@bakery.example", hidden: "mailto", pages: info.pages, takesMail: "yes" },
    ],
    technologies: [{ name: "WordPress", evidence: { in: "meta", what: "WordPress 6.8" } }],
    changes: [],
  });
  expect(found.changedAt).toBe(found.lastSuccess);
  expect(found.emails.map(({ firstSeen, lastSeen }) => [firstSeen, lastSeen])).toEqual(
    Array(2).fill([expect.any(String), found.lastSuccess]),
  );
});

test("a scan that finds the same writes no fact, and what is there was last seen by it", async () => {
  await scan("same.example");
  const facts = `select 'e', ctid::text, xmin::text from app.lead_emails union all select 'p', ctid::text, xmin::text from app.lead_phones
    union all select 's', ctid::text, xmin::text from app.lead_socials union all select 't', ctid::text, xmin::text from app.lead_technologies order by 1, 2`;
  const before = await world.rows(facts);
  const first = await api.leads.byDomain({ domain: "same.example" });
  await scan("same.example");
  expect(await world.rows(facts)).toEqual(before);
  const second = await api.leads.byDomain({ domain: "same.example" });
  expect(second.lastSuccess).not.toBe(first.lastSuccess);
  expect(second.changedAt).toBe(first.changedAt);
  expect(second.changes).toEqual([]);
  expect(second.emails[0]).toMatchObject({
    firstSeen: first.emails[0]?.firstSeen,
    lastSeen: second.lastSuccess,
  });
});

test("what a later scan does not find went, with the time it was last seen, and may come back", async () => {
  await scan("moved.example");
  const first = await api.leads.byDomain({ domain: "moved.example" });
  const jobId = await scan("moved.example", withLead(onlyInfo));
  const second = await api.leads.byDomain({ domain: "moved.example" });
  expect(second.counts.emails).toBe(1);
  expect(second.emails).toMatchObject([
    { email: "info@bakery.example", goneAt: null },
    { email: "hr@gmail.com", lastSeen: first.lastSuccess, goneAt: expect.any(String) },
  ]);
  const change = { field: null, from: null, to: null, unread: false };
  expect(second.changes).toEqual([
    {
      at: second.changedAt,
      jobId,
      leftOut: 0,
      changes: [{ of: "email", what: "went", subject: "hr@gmail.com", ...change }],
    },
  ]);
  await scan("moved.example");
  const third = await api.leads.byDomain({ domain: "moved.example" });
  expect(third.emails[0]).toMatchObject({
    email: "hr@gmail.com",
    firstSeen: first.emails[0]?.firstSeen,
    lastSeen: third.lastSuccess,
    goneAt: null,
  });
  expect(third.changes[0]?.changes).toEqual([
    { of: "email", what: "appeared", subject: "hr@gmail.com", ...change },
  ]);
});

test("what stood on pages that a scan did not read is said to have gone unread", async () => {
  await scan("unread.example");
  await scan("unread.example", withLead(onlyInfo, { pages: [page("/")] }));
  const { changes } = await api.leads.byDomain({ domain: "unread.example" });
  expect(changes[0]?.changes).toMatchObject([
    { of: "email", what: "went", subject: "hr@gmail.com", unread: true },
  ]);
});

test("changes tell what was and what is, of the business and of its facts", async () => {
  await scan("changes.example");
  const [phone] = lead.phones;
  const [technology] = lead.technologies;
  const [person] = lead.people;
  if (!phone || !technology || !person) throw new Error("the sample has one of each");
  await scan(
    "changes.example",
    withLead({
      business: { ...lead.business, name: "Sonne 2" },
      emails: [{ ...info, takesMail: "no", person: { name: "Anna", title: null } }, hr],
      phones: [{ ...phone, label: "Büro", pages: [] }],
      people: [{ ...person, title: null }],
      technologies: [{ ...technology, version: "6.9" }],
      signals: { ...lead.signals, shop: false, booking: true },
      reason: "form_only",
    }),
  );
  const { changes } = await api.leads.byDomain({ domain: "changes.example" });
  const told = changes[0]?.changes.map(({ of, what, subject, field, from, to }) =>
    [of, what, subject, field, from, to].map((part) => part ?? "-").join(" "),
  );
  expect(told).toEqual([
    "email changed info@bakery.example personName - Anna",
    "email changed info@bakery.example takesMail yes no",
    "phone changed +4312345678 label Laden Büro",
    "person changed Anna Sonne title Inhaberin -",
    "technology changed WordPress version 6.8 6.9",
    "business_name changed - - Bäckerei Sonne Sonne 2",
    "reason changed - - - form_only",
    "signal appeared booking - - -",
    "signal went shop - - -",
  ]);
});

test("of many changes of a scan the first are kept, with the number of the others", async () => {
  const technology = lead.technologies[0]!;
  const technologies = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ ...technology, name: `Product ${at}` }));
  for (const more of [0, 1]) {
    const domain = `many-${more}.example`;
    await scan(domain, withLead({ technologies: [] }));
    await scan(domain, withLead({ technologies: technologies(CHANGES_KEPT + more) }));
    const { changes, technologies: told } = await api.leads.byDomain({ domain });
    expect(changes[0]?.changes).toHaveLength(CHANGES_KEPT);
    expect(changes[0]?.leftOut).toBe(more);
    expect(told).toHaveLength(CHANGES_KEPT + more);
  }
});

test("the changes of the latest scans are kept, and none of older ones", async () => {
  await scan("often.example");
  const names = Array.from({ length: SCANS_WITH_CHANGES_KEPT + 2 }, (_, at) => `Sonne ${at}`);
  for (const [at, name] of names.entries()) {
    await scan("often.example", withLead({ business: { ...lead.business, name } }));
    const { changes } = await api.leads.byDomain({ domain: "often.example" });
    expect(changes).toHaveLength(Math.min(at + 1, SCANS_WITH_CHANGES_KEPT));
    expect(changes[0]?.changes[0]).toMatchObject({ to: name });
  }
});

test("of very many facts and other domains the first are told", async () => {
  await scan("large.example");
  const { domainId } = await api.leads.byDomain({ domain: "large.example" });
  const add = (from: number, to: number) =>
    world.rows(
      `insert into app.lead_technologies (domain_id, tenant_id, name, category)
       select :domainId::uuid, :tenantId::uuid, 'Product ' || n, 'CMS' from generate_series(:from::int, :to::int) n`,
      { domainId, tenantId: world.tenants.near.id, from, to },
    );
  await add(1, FACTS_SHOWN - 1);
  expect((await api.leads.byId({ domainId })).technologies).toHaveLength(FACTS_SHOWN);
  await add(FACTS_SHOWN, FACTS_SHOWN);
  expect((await api.leads.byId({ domainId })).technologies).toHaveLength(FACTS_SHOWN);

  const addSame = (from: number, to: number) =>
    world.rows(
      `with added as (
         insert into domains (tenant_id, domain) select :tenantId::uuid, n || '.large.example' from generate_series(:from::int, :to::int) n
         returning id, tenant_id, domain
       )
       insert into app.leads (domain_id, tenant_id, domain, display_domain, business_key, first_scan, last_scan)
       select a.id, a.tenant_id, a.domain, a.domain, 'large.example', now(), now() from added a`,
      { tenantId: world.tenants.near.id, from, to },
    );
  await world.rows(
    "update app.leads set business_key = 'large.example' where domain_id = :domainId::uuid",
    { domainId },
  );
  await addSame(1, SIBLINGS_SHOWN);
  expect((await api.leads.byId({ domainId })).sameBusiness).toHaveLength(SIBLINGS_SHOWN);
  await addSame(SIBLINGS_SHOWN + 1, SIBLINGS_SHOWN + 1);
  expect((await api.leads.byId({ domainId })).sameBusiness).toHaveLength(SIBLINGS_SHOWN);
});

test("of two scans of one domain in a group the last counts", async () => {
  await scan("twice.example");
  const { domainId, domain } = await api.leads.byDomain({ domain: "twice.example" });
  const { jobId } = (await api.jobs.list({ q: domain })).items[0]!;
  const of = { domainId, domain, jobId, tenantId: world.tenants.near.id, isFirst: false };
  const named = (name: string) => ({ ...lead, business: { ...lead.business, name } });
  await world.database.db.transaction((tx) =>
    storeLeads(
      tx,
      ["One", "Two"].map((name) => ({ ...of, lead: named(name), site, pages: [page("/")] })),
    ),
  );
  expect((await api.leads.byId({ domainId })).business.name).toBe("Two");
});

test("a failed scan keeps what earlier ones found, and says why it failed until one ends well", async () => {
  await scan("fails.example", failed());
  expect(await api.leads.byDomain({ domain: "fails.example" })).toMatchObject({
    lastSuccess: null,
    failure: { code: "dns_not_found", text: "The domain name does not exist." },
    bestEmail: null,
    emails: [],
  });
  await scan("fails.example");
  const found = await api.leads.byDomain({ domain: "fails.example" });
  expect(found).toMatchObject({ failure: null, changes: [], counts: { emails: 2 } });
  await scan("fails.example", failed("timeout"));
  const later = await api.leads.byDomain({ domain: "fails.example" });
  expect(later).toMatchObject({
    failure: { code: "timeout" },
    lastSuccess: found.lastSuccess,
    counts: { emails: 2 },
    emails: found.emails,
  });
  expect(later.lastScan > found.lastScan).toBe(true);
});

test("domains whose visitors end up at one host are told as one business, unless that is where parked ones end", async () => {
  const at = (finalUrl: string, parked = false) =>
    withLead(
      { signals: { ...lead.signals, parked } },
      { site: { ...site, finalUrl, redirectedTo: finalUrl } },
    );
  await scan("one.example", at("https://www.one.example/"));
  await scan("uno.example", at("https://one.example/es/"));
  await scan("parked-a.example", at("https://parking.example/", true));
  await scan("parked-b.example", at("https://parking.example/", true));
  await scan("profile-a.example", at("https://www.facebook.com/bakery"));
  await scan("profile-b.example", at("https://www.facebook.com/butcher"));
  const others = async (domain: string) =>
    (await api.leads.byDomain({ domain })).sameBusiness.map((other) => other.domain);
  expect(await others("one.example")).toEqual(["uno.example"]);
  expect(await others("uno.example")).toEqual(["one.example"]);
  expect(await others("parked-a.example")).toEqual([]);
  expect(await others("profile-a.example")).toEqual([]);
});

describe("the best address", () => {
  test("is a person's where the tenant wants people, from the next scan on", async () => {
    await scan("people.example");
    const unsaid = { bestEmail: "role", keepBatchesDays: null, keepLeadsDays: null };
    expect(await api.settings.get()).toEqual({ ...unsaid, updatedAt: null });
    const patch = { bestEmail: "person" } as const;
    const changed = await api.settings.update({ expectedUpdatedAt: null, patch });
    expect(changed).toEqual({ ...unsaid, bestEmail: "person", updatedAt: expect.any(String) });
    expect(await api.settings.get()).toEqual(changed);
    await expect(
      api.settings.update({ expectedUpdatedAt: null, patch: { bestEmail: "role" } }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    const again = await api.settings.update({ expectedUpdatedAt: changed.updatedAt, patch });
    expect(again.updatedAt).not.toBe(changed.updatedAt);
    await scan("people.example");
    expect((await api.leads.byDomain({ domain: "people.example" })).bestEmail).toEqual({
      value: "hr@gmail.com",
      rule: "A person's address.",
      by: "rule",
    });
  });

  test("chosen by hand stays through scans, and says when it is gone; then the rule can have it again", async () => {
    await scan("chosen.example");
    const { domainId, notes } = await api.leads.byDomain({ domain: "chosen.example" });
    const chosen = await api.leads.chooseEmail({
      domainId,
      expectedUpdatedAt: notes.updatedAt,
      email: "HR@gmail.com",
    });
    const hand = { value: "hr@gmail.com", by: "hand" };
    expect(chosen.best).toEqual({ ...hand, rule: "Chosen by hand." });
    await scan("chosen.example");
    expect((await api.leads.byId({ domainId })).bestEmail).toEqual(chosen.best);
    await scan("chosen.example", withLead(onlyInfo));
    expect((await api.leads.byId({ domainId })).bestEmail).toEqual({
      ...hand,
      rule: "Chosen by hand; the last scan did not find it any more.",
    });
    const again = await api.leads.chooseEmail({
      domainId,
      expectedUpdatedAt: chosen.notes.updatedAt,
      email: null,
    });
    expect(again.best).toEqual({
      value: "info@bakery.example",
      rule: "On the site's own domain.",
      by: "rule",
    });
  });

  test("is one that the lead has", async () => {
    await scan("none.example", withLead(onlyInfo));
    const { domainId } = await api.leads.byDomain({ domain: "none.example" });
    const place = { domainId, expectedUpdatedAt: null };
    await expect(api.leads.chooseEmail({ ...place, email: "hr@gmail.com" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(api.leads.choosePhone({ ...place, e164: "+4311111111" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    expect((await api.leads.byId({ domainId })).notes.updatedAt).toBeNull();
    const { best } = await api.leads.choosePhone({ ...place, e164: "+4312345678" });
    expect(best).toEqual({ value: "+4312345678", rule: "Chosen by hand.", by: "hand" });
  });
});

describe("notes of staff", () => {
  test("are kept through scans, and refused when somebody else changed them meanwhile", async () => {
    await scan("noted.example");
    const { domainId } = await api.leads.byDomain({ domain: "noted.example" });
    const patch = { label: " Call in May ", note: "Ask for Anna", contacted: true };
    const first = await api.leads.update({ domainId, expectedUpdatedAt: null, patch });
    expect(first).toMatchObject({
      label: "Call in May",
      note: "Ask for Anna",
      contactedAt: expect.any(String),
      doNotContact: false,
      updatedBy: world.tenants.near.people.owner,
    });
    await scan("noted.example");
    expect((await api.leads.byId({ domainId })).notes).toEqual(first);
    await expect(
      api.leads.update({ domainId, expectedUpdatedAt: null, patch: { label: "Mine" } }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    const second = await api.leads.update({
      domainId,
      expectedUpdatedAt: first.updatedAt,
      patch: { label: "", contacted: false, doNotContact: true },
    });
    expect(second).toMatchObject({
      label: null,
      note: "Ask for Anna",
      contactedAt: null,
      doNotContact: true,
    });
  });

  test.each([
    ["label", LEAD_LABEL_LENGTH_MAX],
    ["note", LEAD_NOTE_LENGTH_MAX],
  ] as const)("a %s has at most %i characters", async (field, max) => {
    await scan(`${field}.example`);
    const { domainId } = await api.leads.byDomain({ domain: `${field}.example` });
    const write = (text: string) =>
      api.leads.update({ domainId, expectedUpdatedAt: null, patch: { [field]: text } });
    await expect(write("x".repeat(max + 1))).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await write("x".repeat(max))).toMatchObject({ [field]: "x".repeat(max) });
  });
});

test("a program that may not read contacts can choose none, for it would be told whether they are there", async () => {
  await scan("scoped.example");
  const { domainId } = await api.leads.byDomain({ domain: "scoped.example" });
  const owner = await world.actor(world.tenants.near, "owner");
  const program = await world.caller(world.tenants.near, "owner", {
    actor: { ...owner, permissions: new Set(["domains:read", "leads:write"]) },
  });
  const place = { domainId, expectedUpdatedAt: null };
  const refused = { code: "FORBIDDEN" };
  await expect(
    program.leads.chooseEmail({ ...place, email: "hr@gmail.com" }),
  ).rejects.toMatchObject(refused);
  await expect(program.leads.choosePhone({ ...place, e164: null })).rejects.toMatchObject(refused);
  await api.leads.update({ ...place, patch: { note: "Ask for Anna" } });
  const { updatedAt } = (await api.leads.byId({ domainId })).notes;
  const notes = await program.leads.update({
    domainId,
    expectedUpdatedAt: updatedAt,
    patch: { label: "May" },
  });
  expect(notes).toMatchObject({ label: null, note: null });
  expect((await api.leads.byId({ domainId })).notes).toMatchObject({
    label: "May",
    note: "Ask for Anna",
  });
});

test("who may not read contacts is told how many there are, and nothing that names or reaches a person", async () => {
  const person = { name: "Anna Sonne", title: "Inhaberin" };
  await scan("hidden.example", withLead({ emails: [{ ...info, person }, hr] }));
  await scan(
    "hidden.example",
    withLead({ emails: [], people: [], phones: [], socials: [], addresses: [] }),
  );
  await scan("hidden.example", withLead({ emails: [{ ...info, person }, hr] }));
  const { domainId } = await api.leads.byDomain({ domain: "hidden.example" });
  await api.leads.update({
    domainId,
    expectedUpdatedAt: null,
    patch: { note: "Ask for Anna Sonne", label: "May" },
  });
  const viewer = await world.caller(world.tenants.near, "viewer");
  const shown = await viewer.leads.byId({ domainId });
  expect(shown).toMatchObject({
    contactsHidden: true,
    business: { name: "Bäckerei Sonne", legalName: null },
    place: { town: "Wien", street: null },
    counts: { emails: 2, phones: 1, people: 1 },
    technologies: [{ name: "WordPress" }],
    notes: { label: null, note: null },
  });
  const site = await viewer.domains.byId({ domainId });
  expect(site.lead).toEqual(shown);
  const text = JSON.stringify([shown, { ...site, pages: [] }]);
  for (const secret of [
    "info@",
    "hr@",
    "Anna",
    "Inhaberin",
    "2345678",
    "Hauptplatz",
    "facebook.com/sonne",
    "Sonne GmbH",
  ]) {
    expect(text).not.toContain(secret);
  }
});
