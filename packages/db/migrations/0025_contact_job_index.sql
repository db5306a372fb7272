-- A job that goes leaves its contacts without one, and without an index each looks through all contacts of all tenants.
create index concurrently if not exists app_contacts_source_job_id on public.contacts (source_job_id)
  where source_job_id is not null;
