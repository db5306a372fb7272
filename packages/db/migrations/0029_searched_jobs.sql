-- Jobs are found by any part of their names, measured with a million of them: docs/decisions/lead-facets.md.

-- The newest of a tenant with their names, read from the index alone.
create index scrape_jobs_tenant_id_number_idx on app.scrape_jobs (tenant_id, number, domain, batch_id);
-- The one with the number behind it begins with the same columns.
drop index app.scrape_jobs_batch_id_error_code_idx;

-- What came since a day, in any order.
create index leads_tenant_id_first_scan_idx on app.leads (tenant_id, first_scan, domain_id);

-- Where the extension was made. A line costs 9 µs more; a search looks through what is not sorted in yet, 2 MB at most.
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
  create index scrape_jobs_domain_idx
    on app.scrape_jobs using gin (domain gin_trgm_ops) with (gin_pending_list_limit = 2048);
end
$$;
