-- How long a tenant keeps batches that are over, and leads that nobody scanned again; null is for ever.

alter table app.tenant_settings
  add column keep_batches_days integer
    constraint tenant_settings_keep_batches_days_check check (keep_batches_days >= 1 and keep_batches_days <= 3650),
  add column keep_leads_days integer
    constraint tenant_settings_keep_leads_days_check check (keep_leads_days >= 1 and keep_leads_days <= 3650);

-- Rows of these change with every job: a fifth of a million dead ones is too late.
alter table app.scrape_jobs set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table app.batch_windows set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table app.network_places set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
