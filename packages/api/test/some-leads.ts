import type { World } from "./world.ts";

/**
 * Leads of a tenant with their addresses, numbers and pages: few different values for many rows, so that ties are the rule and
 * every value is missing somewhere.
 */
export async function addLeads(
  world: Pick<World, "rows">,
  tenantId: string,
  { count = 24, first = 0 } = {},
): Promise<void> {
  const range = { tenantId, first, last: first + count - 1 };
  const of = "from generate_series(:first::int, :last::int) n";
  await world.rows(
    `insert into domains (tenant_id, domain) select :tenantId::uuid, 'lead-' || n || '.example' ${of}`,
    range,
  );
  await world.rows(
    `insert into app.leads (domain_id, tenant_id, domain, display_domain, business_name, best_email, best_email_by, best_phone,
       best_phone_by, town, region, country, language, emails, phones, people, technologies, pages, technology_names,
       technology_categories, networks, takes_mail, signals, reason, label, contacted_at, do_not_contact, first_scan,
       last_scan, changed_at)
     select d.id, d.tenant_id, d.domain, d.domain, case when n % 3 > 0 then 'Bäckerei ' || n % 4 end,
       case when n % 2 = 0 then 'info@' || d.domain end, case when n % 2 = 0 then 'rule' end,
       case when n % 3 = 0 then '+4930' || 123450 + n end, case when n % 3 = 0 then 'rule' end,
       (array['Berlin', 'Wien', null])[1 + n % 3], (array['Nord', null])[1 + n % 2], (array['DE', 'AT', 'CH', null])[1 + n % 4],
       (array['de', 'en', null])[1 + n % 3], case when n % 2 = 0 then 2 else 0 end, case when n % 3 = 0 then 1 else 0 end,
       case when n % 6 = 0 then 1 else 0 end, 2, 1,
       case n % 3 when 0 then array['WordPress', 'Matomo'] when 1 then array['Shopify'] else '{}' end,
       case when n % 3 = 2 then '{}' else array[(array['CMS', 'Shop'])[1 + n % 3]] end,
       case when n % 5 = 0 then array['facebook'] else '{}' end, case when n % 2 = 0 then array[(array['yes', 'no'])[1 + n % 4 / 2]] else '{}' end,
       case when n % 4 = 0 then array['contact_form', 'shop'] when n % 4 = 1 then array['contact_form'] else '{}' end,
       case when n % 7 = 0 then 'parked' end, case when n % 8 = 0 then 'To call' end,
       case when n % 9 = 0 then timestamptz '2026-11-20+00' end, n % 10 = 0,
       timestamptz '2026-11-01 09:00+00' + make_interval(days => n % 5), timestamptz '2026-11-10 09:00:00.123456+00' + make_interval(days => n % 4),
       case when n % 2 = 0 then timestamptz '2026-11-08+00' + make_interval(days => n % 3) end
     ${of} join domains d on d.tenant_id = :tenantId::uuid and d.domain = 'lead-' || n || '.example'`,
    range,
  );
  await world.rows(
    `insert into app.lead_emails (domain_id, email, tenant_id, kind, free, own_domain, person_name, pages, takes_mail, first_seen,
       last_seen, gone_at)
     select l.domain_id, (array['info', 'anna.maier'])[e] || '@' || l.domain, l.tenant_id, (array['role', 'person'])[e], e = 2, e = 1,
       case when e = 2 then 'Anna Maier' end, '{}', l.takes_mail[1], l.first_scan,
       case when n % 8 = 0 and e = 2 then l.last_scan end, case when n % 8 = 0 and e = 2 then l.last_scan end
     ${of} join app.leads l on l.tenant_id = :tenantId::uuid and l.domain = 'lead-' || n || '.example' and l.emails > 0
     cross join generate_series(1, 2) e`,
    range,
  );
  await world.rows(
    `insert into app.lead_phones (domain_id, e164, fax, tenant_id, pages)
     select l.domain_id, l.best_phone, false, l.tenant_id, '{}'
     ${of} join app.leads l on l.tenant_id = :tenantId::uuid and l.domain = 'lead-' || n || '.example' and l.best_phone is not null`,
    range,
  );
  await world.rows(
    `insert into pages (tenant_id, domain_id, url, title, page_type, word_count, has_contact_form, additional_json, created_at, last_scan)
     select d.tenant_id, d.id, 'https://' || d.domain || '/', 'Start ' || n, (array['home', 'contact', null])[1 + n % 3], n * 10,
       n % 2 = 0, jsonb_build_object('http_status', 200 + n % 2, 'language', 'de'),
       case when n % 4 > 0 then timestamptz '2026-11-01+00' + make_interval(days => n % 4) end, now()
     ${of} join domains d on d.tenant_id = :tenantId::uuid and d.domain = 'lead-' || n || '.example'`,
    range,
  );
}
