import type { LeadFacts, PhoneFacts } from "@scrapersky/outcome";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed, lead, page } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

// What a scan finds stands in the real tables, for whoever reads those, and in the tables of the lead. Both say the same.

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

const HOME = "https://bakery.example/";
const someOf = <T>(items: readonly T[]) => fc.subarray([...items]);

const [address] = lead.addresses;
const [phone] = lead.phones;
const [technology] = lead.technologies;
const [email] = lead.emails;
if (!address || !phone || !technology || !email) throw new Error("the sample has one of each");

const emails = ["info@bakery.example", "anna@bakery.example", "one@gmail.com"].flatMap((name) =>
  (["role", "person", "other"] as const).map((kind) => ({
    ...email,
    email: name,
    kind,
    free: name.endsWith("gmail.com"),
    pages: [HOME],
  })),
);
const numbers: PhoneFacts[] = ["+4311", "+4322", "+4333"].map((e164) => ({ ...phone, e164 }));
const accounts = lead.socials.flatMap((social) => [
  social,
  { ...social, account: "other", url: `${social.url}-other` },
]);

const uniqueBy = <T>(items: readonly T[], key: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];

const found = fc
  .record({
    emails: someOf(emails).map((some) => uniqueBy(some, (one) => one.email)),
    phones: someOf(numbers),
    faxes: someOf(numbers),
    socials: someOf(accounts),
    addresses: someOf(["One", "Two"].map((written) => ({ ...address, written, town: written }))),
    technologies: someOf(
      ["A", "B", "C"].flatMap((name) =>
        [null, "1", "2"].map((version) => ({ ...technology, name, version })),
      ),
    ).map((some) => uniqueBy(some, (one) => one.name)),
    confidence: fc.constantFrom("sure" as const, "likely" as const, "weak" as const, null),
    shop: fc.boolean(),
    cookieNotice: fc.boolean(),
    privacyPolicy: fc.boolean(),
    site: fc.constantFrom("de-AT", null),
  })
  .map(({ confidence, shop, cookieNotice, privacyPolicy, site, ...lists }): LeadFacts => ({
    ...lead,
    ...lists,
    country: confidence === null ? null : { code: "AT", confidence, signs: [] },
    signals: { ...lead.signals, shop, cookieNotice, privacyPolicy },
    languages: { site, pages: site === null ? [] : ["de"] },
  }));
const scans = fc.array(fc.option(found, { freq: 5 }), { minLength: 1, maxLength: 4 });

/** By what each column is compared with: columns of the domain, and the same told by the lead's tables. */
const BOTH = `
  with there as (select :domainId::uuid as id)
  select
    array(select unnest(d.email_addresses) order by 1) as "emails",
    array(select email from app.lead_emails e where e.domain_id = d.id and e.gone_at is null order by 1) as "emails, of the lead",
    array(select email || coalesce(context, '') from contacts c where c.domain_id = d.id order by 1) as "contacts",
    array(select email || coalesce(context, '') from app.lead_emails e where e.domain_id = d.id order by 1) as "contacts, of the lead",
    array(select email || email_type from contacts c where c.domain_id = d.id order by 1) as "types",
    array(select email || case when free then 'Free' when kind = 'role' then 'Service' else 'Corporate' end
      from app.lead_emails e where e.domain_id = d.id order by 1) as "types, of the lead",
    array(select unnest(d.phone_numbers) order by 1) as "phones",
    array(select e164 from app.lead_phones p where p.domain_id = d.id and p.gone_at is null and not fax order by 1) as "phones, of the lead",
    array(select unnest(d.physical_addresses) order by 1) as "addresses",
    array(select written from app.lead_addresses a where a.domain_id = d.id and a.gone_at is null order by 1) as "addresses, of the lead",
    array(select concat_ws(' ', t ->> 'name', t ->> 'category', t ->> 'version') from jsonb_array_elements(d.tech_stack) t order by 1) as "technologies",
    array(select concat_ws(' ', name, category, version) from app.lead_technologies t
      where t.domain_id = d.id and t.gone_at is null order by 1) as "technologies, of the lead",
    array(select network from (values ('facebook', d.facebook_url), ('x', d.twitter_url), ('linkedin', d.linkedin_url),
      ('instagram', d.instagram_url), ('youtube', d.youtube_url)) as known (network, url) where url is not null order by 1) as "networks",
    l.networks as "networks, of the lead",
    d.country_code as "country",
    case when l.country_confidence <> 'weak' then l.country end as "country, of the lead",
    d.language, l.language as "language, of the lead",
    d.content_language as "languages", l.page_languages as "languages, of the lead",
    array[d.has_ecommerce, d.has_cookie_notice, d.has_privacy_policy] as "signals",
    array['shop' = any(l.signals), 'cookie_notice' = any(l.signals), 'privacy_policy' = any(l.signals)] as "signals, of the lead",
    d.page_count as "pages", l.pages as "pages, of the lead",
    d.business_type as "kind", l.business_kind as "kind, of the lead",
    array[d.first_scan, d.last_scan, d.last_successful_scan]::text as "times",
    array[l.first_scan, l.last_scan, l.last_success]::text as "times, of the lead",
    array[l.emails, l.phones, l.faxes, l.people, l.socials, l.addresses, l.technologies] as "counts",
    array[
      (select count(*) from app.lead_emails f where f.domain_id = d.id and f.gone_at is null),
      (select count(*) from app.lead_phones f where f.domain_id = d.id and f.gone_at is null and not f.fax),
      (select count(*) from app.lead_phones f where f.domain_id = d.id and f.gone_at is null and f.fax),
      (select count(*) from app.lead_people f where f.domain_id = d.id and f.gone_at is null),
      (select count(*) from app.lead_socials f where f.domain_id = d.id and f.gone_at is null),
      (select count(*) from app.lead_addresses f where f.domain_id = d.id and f.gone_at is null),
      (select count(*) from app.lead_technologies f where f.domain_id = d.id and f.gone_at is null)
    ]::int[] as "counts, of the lead",
    l.technology_names as "names",
    array(select name from app.lead_technologies t where t.domain_id = d.id and t.gone_at is null order by 1) as "names, of the lead"
  from there join domains d on d.id = there.id join app.leads l on l.domain_id = d.id`;

test("after any scans the lead and the real columns say the same", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(scans, async (plan) => {
      const domain = `site-${++run}.example`;
      let domainId: string | null = null;
      for (const facts of plan) {
        await api.batches.create({ domains: [domain] });
        const [claim] = await claimJobs(world, 1);
        if (!claim) throw new Error("the job was not offered");
        const outcome =
          facts === null ? failed() : done({ lead: facts, pages: [page("/"), page("/contact")] });
        await recordClaim(world, claim, outcome);
        domainId = (await api.jobs.byId({ jobId: claim.jobId })).domainId;
      }
      if (plan.every((facts) => facts === null)) return;
      const [row = {}] = await world.rows<Record<string, unknown>>(BOTH, { domainId });
      const sides = Object.keys(row).filter((name) => `${name}, of the lead` in row);
      expect(sides).toHaveLength(16);
      for (const name of sides)
        expect([name, row[`${name}, of the lead`]]).toEqual([name, row[name]]);
    }),
    { numRuns: 40 },
  );
});
