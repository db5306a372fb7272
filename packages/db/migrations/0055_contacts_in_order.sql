-- Addresses in the order in which programs that keep a copy are told of them: lead by lead. All that one transaction wrote, as an upgrade
-- does with every row, would be sorted for each answer.
create index lead_emails_tenant_id_revision_domain_id_idx on app.lead_emails (tenant_id, revision, domain_id, id);
drop index app.lead_emails_tenant_id_revision_idx;
