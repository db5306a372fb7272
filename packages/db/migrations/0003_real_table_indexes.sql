-- Indexes of our own on real tables; their names begin with app_. Measured with 497,000 jobs in
-- 2,000 batches of 4 tenants on PostgreSQL 18, best of five, everything in memory.

-- Jobs of a batch by state: the counts of a batch of 10,000 take 0.8 ms instead of 2.1 ms, from the
-- index alone. Its price: a change of state takes 0.29 ms instead of 0.22 ms.
create index concurrently if not exists app_jobs_batch_id_status on jobs (batch_id, status);

-- The newest jobs of a tenant, page by page, read backwards: 0.02 ms instead of 32 ms.
create index concurrently if not exists app_jobs_tenant_created on jobs (tenant_id_uuid, created_at, id);

-- The newest batches of a tenant, read backwards: 0.02 ms instead of 0.12 ms, and no longer
-- growing with the number of batches.
create index concurrently if not exists app_batch_jobs_tenant_created on batch_jobs (tenant_id, created_at, id);
