-- Names of domains that the first system kept as they were typed are found by how everybody else writes them. Where
-- there are none it is empty, and costs nothing.
create index concurrently if not exists app_domains_typed on domains (tenant_id, lower(domain)) where domain <> lower(domain);
