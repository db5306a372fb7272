-- lowest program: 0010
-- What lists are found by, measured with a million jobs and 300,000 leads: docs/decisions/lead-facets.md.

-- The number of the job, which is its place among the newest: a search takes it from the index by domain, and reads no job
-- that it does not show. Programs that do not know it would leave it out.
alter table app.scrape_jobs add column number integer;
update app.scrape_jobs s set number = j.id from public.jobs j where j.job_id = s.job_id;
alter table app.scrape_jobs alter column number set not null;
drop index app.scrape_jobs_tenant_id_domain_idx;
create index scrape_jobs_tenant_id_domain_idx
  on app.scrape_jobs (tenant_id, domain text_pattern_ops, number);
create index scrape_jobs_tenant_id_error_code_number_idx
  on app.scrape_jobs (tenant_id, error_code, number) where error_code is not null;
create index scrape_jobs_batch_id_error_code_number_idx
  on app.scrape_jobs (batch_id, error_code, number) where error_code is not null;

-- Of what is still there.
alter table app.leads
  add column technology_names text[] not null default '{}',
  add column technology_categories text[] not null default '{}',
  add column networks text[] not null default '{}',
  -- Whether the e-mails' domains take mail.
  add column takes_mail text[] not null default '{}';

-- One number for each thing that a lead is filtered by, the tenant in it: one index answers any of them together.
create function app.lead_facets(
  tenant_id uuid, technology_names text[], technology_categories text[], networks text[], takes_mail text[],
  signals text[], country text, region text, town text, language text, reason text, label text,
  email boolean, phone boolean, person boolean, contacted boolean, do_not_contact boolean
) returns bigint[] language sql immutable parallel safe as $$
  select coalesce(array_agg(hashtextextended(tenant_id::text || word, 0)), '{}')
  from (
    select 'technology ' || lower(unnest(technology_names))
    union all select 'category ' || unnest(technology_categories)
    union all select 'network ' || unnest(networks)
    union all select 'mail ' || unnest(takes_mail)
    union all select 'signal ' || unnest(signals)
    union all select 'country ' || country where country is not null
    union all select 'region ' || lower(region) where region is not null
    union all select 'town ' || lower(town) where town is not null
    union all select 'language ' || language where language is not null
    union all select 'reason ' || reason where reason is not null
    union all select 'label ' || label where label is not null
    union all select 'email' where email
    union all select 'phone' where phone
    union all select 'person' where person
    union all select 'contacted' where contacted
    union all select 'do not contact' where do_not_contact
  ) words (word)
$$;

create index leads_facets_idx on app.leads using gin (
  app.lead_facets(tenant_id, technology_names, technology_categories, networks, takes_mail, signals, country, region, town,
    language, reason, label, emails > 0, phones > 0, people > 0, contacted_at is not null, do_not_contact)
) with (gin_pending_list_limit = 256);
create index leads_tenant_id_last_scan_idx on app.leads (tenant_id, last_scan, domain_id);
create index leads_tenant_id_name_idx
  on app.leads (tenant_id, lower(left(coalesce(business_name, display_domain), 60)), domain_id);
create index leads_tenant_id_domain_idx on app.leads (tenant_id, (domain collate "C"), domain_id);
create index leads_tenant_id_town_idx
  on app.leads (tenant_id, (town is null), coalesce(lower(left(town, 60)), ''), domain_id);
create index leads_tenant_id_emails_idx on app.leads (tenant_id, emails, domain_id);
create index leads_tenant_id_revision_idx on app.leads (tenant_id, revision, domain_id);

create unique index lead_emails_id_key on app.lead_emails (id);
create index lead_emails_tenant_id_first_seen_idx on app.lead_emails (tenant_id, first_seen, id);
create index lead_emails_tenant_id_email_idx on app.lead_emails (tenant_id, (email collate "C"), id);
create index lead_emails_tenant_id_revision_idx on app.lead_emails (tenant_id, revision, id);
create index lead_phones_tenant_id_e164_idx on app.lead_phones (tenant_id, e164 text_pattern_ops);

-- Search by any part of a name. Where the extension may not be made, search is by the beginning, and says so.
do $$
begin
  create extension if not exists pg_trgm with schema public;
exception
  when insufficient_privilege or undefined_file or feature_not_supported then
    raise notice 'the extension pg_trgm cannot be made here: search finds only what begins with its words';
end
$$;
do $$
declare
  home text;
begin
  select quote_ident(n.nspname) into home
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pg_trgm';
  if home is null then
    return;
  end if;
  -- The operators are looked for where the extension was put.
  perform set_config('search_path', 'public, ' || home, true);
  create index leads_names_idx
    on app.leads using gin (lower(domain || ' ' || display_domain || ' ' || coalesce(business_name, '')) gin_trgm_ops)
    with (gin_pending_list_limit = 256);
  create index lead_emails_email_idx on app.lead_emails using gin (email gin_trgm_ops) with (gin_pending_list_limit = 256);
  create index lead_phones_e164_idx on app.lead_phones using gin (e164 gin_trgm_ops) with (gin_pending_list_limit = 256);
end
$$;
