-- A search by the first letters of a name is answered by the index alone: whether its batch was deleted, too.
drop index if exists app.scrape_jobs_tenant_id_domain_idx;
create index scrape_jobs_tenant_id_name_idx
  on app.scrape_jobs (tenant_id, domain text_pattern_ops, number, batch_id);
