-- Indexes of lists on real tables, measured with a million jobs (600,000 of one tenant) and 1.5 million pages on PostgreSQL 18.
-- Their price together: a change of a job's state takes 6 µs more.

-- The newest jobs of a tenant, and of one status: 0.1 ms, where looking for a status that no job has took 3 s.
create index concurrently if not exists app_jobs_tenant_id on jobs (tenant_id_uuid, id);
create index concurrently if not exists app_jobs_tenant_status_id on jobs (tenant_id_uuid, status, id);

-- The same for the jobs of a batch, whose numbers are in the order of its lines.
create index concurrently if not exists app_jobs_batch_id_id on jobs (batch_id, id);
create index concurrently if not exists app_jobs_batch_status_id on jobs (batch_id, status, id);

-- Pages by when they were first found, which never changes: a rescan of a page writes neither index.
create index concurrently if not exists app_pages_tenant_created on pages (tenant_id, coalesce(created_at, '-infinity'::timestamptz), id);
create index concurrently if not exists app_pages_tenant_type_created on pages (tenant_id, page_type, coalesce(created_at, '-infinity'::timestamptz), id);
