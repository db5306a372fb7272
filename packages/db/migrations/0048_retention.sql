-- How long a tenant keeps batches that are over, and leads that nobody scanned again; null is for ever.

alter table app.tenant_settings
  add column keep_batches_days integer
    constraint tenant_settings_keep_batches_days_check check (keep_batches_days between 1 and 3650),
  add column keep_leads_days integer
    constraint tenant_settings_keep_leads_days_check check (keep_leads_days between 1 and 3650);
