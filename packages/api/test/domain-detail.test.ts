import { afterAll, beforeAll, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { done, failed, lead, page, site } from "./outcomes.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

/** Scrapes one domain of a batch of its own, and reads its job and what is known of it. */
async function scrape(domain: string, outcome: ReturnType<typeof done>) {
  const { batchId } = await api.batches.create({ domains: [domain] });
  const [claim] = await claimJobs(world, 1);
  if (!claim) throw new Error("the job was not offered");
  await recordClaim(world, claim, outcome);
  const [job] = (await api.jobs.list({ batchId })).items;
  const domainId = job?.domainId ?? "";
  return { job, domainId, detail: await api.domains.byId({ domainId }) };
}

test("a site that was never read says so, and why", async () => {
  const { detail } = await scrape("gone.example", failed());
  expect(detail).toMatchObject({
    lastScan: expect.any(String),
    lastSuccessfulScan: null,
    lastError: "The domain name does not exist.",
    notes: [],
    redirectedTo: null,
  });
});

test("remarks on a scan are told with its job and with its domain, until a scan without them", async () => {
  const redirectedTo = "https://elsewhere.example/";
  const { job, detail } = await scrape(
    "moved.example",
    done({
      site: { ...site, redirectedTo, finalUrl: redirectedTo },
      flags: ["offsite_redirect", "truncated"],
    }),
  );
  const notes = [
    {
      flag: "offsite_redirect",
      text: "The domain redirects to elsewhere.example; only the page it lands on was read.",
    },
    {
      flag: "truncated",
      text: "At least one page was longer than the limit; its beginning was read.",
    },
  ];
  expect(detail).toMatchObject({ notes, redirectedTo });
  expect(job).toMatchObject({ status: "complete", error: null, notes });

  expect((await scrape("moved.example", failed())).detail).toMatchObject({ notes, redirectedTo });
  expect((await scrape("moved.example", done({ flags: [] }))).detail).toMatchObject({
    notes: [],
    redirectedTo: null,
  });
});

test("a name and phone numbers are told as they are stored and as people read them", async () => {
  const { job, detail } = await scrape("bücher.example", done());
  const names = { domain: "xn--bcher-kva.example", displayDomain: "bücher.example" };
  expect(job).toMatchObject(names);
  expect(detail).toMatchObject({
    ...names,
    lead: { ...names, phones: [{ e164: "+4312345678", text: "+43 1 2345678" }] },
  });
});

test("of very many pages the first are given, with the number of all", async () => {
  const { domainId, detail } = await scrape("large.example", done({ pages: [page("/")] }));
  expect(detail).toMatchObject({ storedPages: 1 });
  await world.rows(
    `insert into pages (domain_id, tenant_id, url)
     select :domainId::uuid, :tenantId::uuid, 'https://large.example/' || n from generate_series(1, 1001) n`,
    { domainId, tenantId: world.tenants.near.id },
  );
  const { pages, storedPages } = await api.domains.byId({ domainId });
  expect([pages.length, storedPages]).toEqual([1000, 1002]);
});

const NETWORKS = [
  ...(["facebook", "instagram", "linkedin", "x", "youtube", "tiktok", "whatsapp"] as const),
  ...(["pinterest", "xing", "threads", "telegram", "google", "yelp"] as const),
  ...(["tripadvisor", "bluesky", "mastodon"] as const),
];

test("a domain is told with the lead that is read by itself, whatever network and fact", async () => {
  const socials = NETWORKS.map((network) => ({
    network,
    account: "sonne",
    url: `https://${network}.example/sonne`,
    page: "https://bakery.example/",
  }));
  const { domainId, detail } = await scrape("sonne.example", done({ lead: { ...lead, socials } }));
  expect(detail.lead?.socials.map(({ network }) => network)).toEqual(NETWORKS.toSorted());
  expect(detail.lead).toMatchObject({
    emails: [{ email: "hr@gmail.com" }, { kind: "other", goneAt: null }],
    people: [{ name: "Anna Sonne" }],
    addresses: [{ written: "Hauptplatz 1, Wien" }],
    technologies: [{ evidence: { in: "meta" } }],
  });
  expect(detail.lead).toEqual(await api.leads.byId({ domainId }));
  expect(detail.lead).toEqual(await api.leads.byDomain({ domain: "sonne.example" }));
});

test("of a domain that only an earlier version scanned no lead is told, and its site is", async () => {
  const [row] = await world.rows<{ id: string }>(
    `insert into domains (tenant_id, domain, title, facebook_url)
     values (:tenantId::uuid, 'earlier.example', 'Earlier', 'https://facebook.com/earlier') returning id`,
    { tenantId: world.tenants.near.id },
  );
  const domainId = row?.id ?? "";
  expect(await api.domains.byId({ domainId })).toMatchObject({ title: "Earlier", lead: null });
  await expect(api.leads.byId({ domainId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
