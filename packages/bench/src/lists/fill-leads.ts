import { type Db, executeRawSql } from "@scrapersky/db";
import { chance, domainIdOf, skewed } from "./fill-work.ts";
import { CATEGORIES, COUNTRIES, NETWORKS, PRODUCTS, type Sizes, TOWNS } from "./sizes.ts";

/** What scans found, as skewed as it is: few towns and products have most of the businesses. */
export async function fillLeads(db: Db, { tenants }: Sizes): Promise<void> {
  for (const { firstDomain, domains } of tenants) {
    const range = { firstDomain, domains };
    await executeRawSql(db, newLeads, {
      ...range,
      products: PRODUCTS,
      categories: CATEGORIES,
      networks: NETWORKS,
      towns: TOWNS,
      countries: COUNTRIES,
    });
    for (const text of [newEmails, newPhones, newTechnologies]) {
      await executeRawSql(db, text, range);
    }
  }
}

const has = (salt: number, share: number) => `${chance("n", salt)} < ${share}`;
const pick = (list: string, salt: number, of: number) =>
  `(:${list}::text[])[${skewed("n", salt, of)}]`;
const EMAILS = `case when ${has(9, 0.35)} then 0 else 1 + least(4, (5 * power(${chance("n", 10)}, 2))::int) end`;
const TECHNOLOGIES = `1 + (9 * ${chance("n", 11)})::int`;

const newLeads = `
  insert into app.leads (domain_id, tenant_id, domain, display_domain, business_name, business_name_from, best_email,
    best_email_rule, best_email_by, best_phone, best_phone_rule, best_phone_by, street, postcode, town, region, country,
    country_confidence, language, page_languages, emails, phones, people, socials, technologies, pages, signals, reason,
    first_scan, last_scan, last_success, changed_at, label, contacted_at, do_not_contact, technology_names,
    technology_categories, networks, takes_mail, updated_at)
  select d.id, d.tenant_id, d.domain, d.domain,
    case when ${has(12, 0.9)} then initcap(replace(split_part(d.domain, '.', 1), '-', ' ')) end, 'title',
    case when c.emails > 0 then 'info@' || d.domain end,
    case when c.emails > 0 then 'It is on the own domain of the site and of an office.' end,
    case when c.emails > 0 then 'rule' end,
    case when c.phones > 0 then '+49' || (30e8::bigint + n) end,
    case when c.phones > 0 then 'The site links it to be dialled.' end,
    case when c.phones > 0 then 'rule' end,
    'Hauptstrasse ' || n % 200, (10000 + n % 80000)::text,
    case when ${has(13, 0.8)} then ${pick("towns", 14, TOWNS.length)} end, 'Region ' || ${skewed("n", 14, 16)},
    case when ${has(15, 0.95)} then ${pick("countries", 16, COUNTRIES.length)} end, 'sure',
    (array['de','en','fr','it'])[${skewed("n", 16, 4)}], array['de'], c.emails, c.phones,
    case when ${has(17, 0.2)} then 1 else 0 end, cardinality(s.networks), cardinality(t.names), 5,
    array_remove(array[case when ${has(18, 0.7)} then 'contact_form' end, case when ${has(19, 0.12)} then 'shop' end,
      case when ${has(20, 0.08)} then 'booking' end, case when ${has(21, 0.3)} then 'blog' end,
      case when ${has(22, 0.5)} then 'cookie_notice' end, case when ${has(23, 0.9)} then 'privacy_policy' end], null),
    case when c.emails + c.phones = 0 then (array['no_contact','needs_js','parked','blocked'])[${skewed("n", 24, 4)}] end,
    d.first_scan, d.last_scan, d.last_scan, d.last_scan,
    case when ${has(25, 0.02)} then 'To call' end, case when ${has(26, 0.03)} then d.last_scan end, ${has(27, 0.005)},
    t.names, t.categories, s.networks,
    case when c.emails > 0 then array[(array['yes','unknown','no'])[${skewed("n", 28, 3)}]] else '{}' end, d.last_scan
  from generate_series(:firstDomain::int, :firstDomain::int + :domains::int - 1) n
  join domains d on d.id = ${domainIdOf("n")}
  cross join lateral (select ${EMAILS} as emails, case when ${has(29, 0.6)} then 1 + n % 2 else 0 end as phones) c
  cross join lateral (
    select array_agg(distinct (:products::text[])[p]) as names, array_agg(distinct (:categories::text[])[1 + p % ${CATEGORIES.length}]) as categories
    from (select ${skewed("n * 10 + k", 30, PRODUCTS.length)} as p from generate_series(1, ${TECHNOLOGIES}) k) picked
  ) t
  cross join lateral (
    select coalesce(array_agg(distinct (:networks::text[])[${skewed("n * 4 + k", 31, NETWORKS.length)}]), '{}') as networks
    from generate_series(1, (3 * ${chance("n", 32)})::int) k
  ) s`;

const newEmails = `
  insert into app.lead_emails (domain_id, email, tenant_id, kind, free, own_domain, person_name, pages, takes_mail, first_seen,
    last_seen, gone_at)
  select l.domain_id, (array['info','office','anna.maier','j.smith','kontakt','sales'])[e] || case when e = 5 then n::text || '@gmail.com' else '@' || l.domain end,
    l.tenant_id, (array['role','role','person','person','role','other'])[e], e = 5, e <> 5,
    case when e = 3 then 'Anna Maier' when e = 4 then 'John Smith' end, array['https://' || l.domain || '/kontakt'],
    coalesce(l.takes_mail[1], 'unknown'), l.first_scan, null, null
  from generate_series(:firstDomain::int, :firstDomain::int + :domains::int - 1) n
  join app.leads l on l.domain_id = ${domainIdOf("n")}
  cross join generate_series(1, l.emails) e`;

const newPhones = `
  insert into app.lead_phones (domain_id, e164, fax, tenant_id, national, found_as, pages, first_seen)
  select l.domain_id, '+49' || (30e8::bigint + n + p * 10000000), false, l.tenant_id, '0' || (30e8::bigint + n + p * 10000000), 'tel',
    array['https://' || l.domain || '/kontakt'], l.first_scan
  from generate_series(:firstDomain::int, :firstDomain::int + :domains::int - 1) n
  join app.leads l on l.domain_id = ${domainIdOf("n")}
  cross join generate_series(0, l.phones - 1) p`;

const newTechnologies = `
  insert into app.lead_technologies (domain_id, name, tenant_id, category, evidence_in, evidence, page, first_seen)
  select l.domain_id, t.name, l.tenant_id, l.technology_categories[1], 'script', 'cdn/' || t.name || '.js', 'https://' || l.domain || '/',
    l.first_scan
  from generate_series(:firstDomain::int, :firstDomain::int + :domains::int - 1) n
  join app.leads l on l.domain_id = ${domainIdOf("n")}
  cross join unnest(l.technology_names) t (name)`;
