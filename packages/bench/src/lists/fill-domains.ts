import { type Db, executeRawSql } from "@scrapersky/db";
import { chance, domainIdOf, domainNameOf, skewed } from "./fill-work.ts";
import { FIRST_WORDS, SECOND_WORDS, type Sizes } from "./sizes.ts";

/** Sites, their pages and contacts, in the real tables. */
export async function fillDomains(db: Db, { tenants }: Sizes): Promise<void> {
  for (const { id, domains, firstDomain } of tenants) {
    const range = { firstDomain, domains };
    await executeRawSql(db, newDomains, {
      ...range,
      tenantId: id,
      first: FIRST_WORDS,
      second: SECOND_WORDS,
    });
    await executeRawSql(db, newPages, range);
    await executeRawSql(db, newContacts, range);
  }
}

const newDomains = `
  insert into domains (id, tenant_id, domain, title, first_scan, last_scan, last_successful_scan, country_code, language)
  select ${domainIdOf("n")}, :tenantId::uuid, domain, initcap(replace(domain, '-', ' ')), scan, scan, scan, 'DE', 'de'
  from generate_series(:firstDomain::int, :firstDomain::int + :domains::int - 1) n
  cross join lateral (select ${domainNameOf("n")}, timestamptz '2026-06-01' + make_interval(secs => 15e6 * ${chance("n", 6)}))
    facts (domain, scan)`;

const PAGE_TYPES = ["home", "contact", "about", "imprint", "service", "product", "blog", "team"];

const newPages = `
  insert into pages (id, tenant_id, domain_id, url, title, word_count, page_type, last_scan, has_contact_form, additional_json)
  select md5('page' || n || '-' || p)::uuid, d.tenant_id, d.id, 'https://' || d.domain || '/' || case p when 0 then '' else 'page-' || p end,
    d.title || ' - ' || (array['Home','Contact','About us','Imprint','Prices'])[p + 1], 50 + (2000 * ${chance("n * 5 + p", 7)})::int,
    (array['${PAGE_TYPES.join("','")}'])[case when p < 4 then p + 1 else ${skewed("n", 8, PAGE_TYPES.length)} end],
    d.last_scan, p = 1, jsonb_build_object('status', 200, 'language', 'de')
  from generate_series(:firstDomain::int, :firstDomain::int + :domains::int - 1) n
  join domains d on d.id = ${domainIdOf("n")}
  cross join generate_series(0, 4) p`;

const newContacts = `
  insert into contacts (id, domain_id, page_id, email, email_type, has_gmail, source_url, created_at, updated_at)
  select md5('contact' || n || '-' || e)::uuid, d.id, md5('page' || n || '-1')::uuid,
    (array['info','office','anna.maier','j.smith','kontakt'])[e + 1] || '@' || d.domain, case when e = 2 then 'Corporate' else 'Service' end::contact_email_type_enum,
    false, 'https://' || d.domain || '/page-1', d.last_scan, d.last_scan
  from generate_series(:firstDomain::int, :firstDomain::int + :domains::int - 1) n
  join domains d on d.id = ${domainIdOf("n")}
  cross join generate_series(0, case when ${chance("n", 9)} < 0.35 then -1 else (5 * power(${chance("n", 10)}, 2))::int end) e
  where e < 5`;
