-- Indexes of our own on real tables; their names begin with app_.

create index if not exists app_jobs_batch_id_status on jobs (batch_id, status);
create index if not exists app_jobs_tenant_created on jobs (tenant_id_uuid, created_at, id);
create index if not exists app_batch_jobs_tenant_created on batch_jobs (tenant_id, created_at, id);
