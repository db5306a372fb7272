-- A domain that goes leaves its jobs without one: without an index each looks through all jobs of all tenants.
create index concurrently if not exists app_jobs_domain_id on public.jobs (domain_id)
  where domain_id is not null;
