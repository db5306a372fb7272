-- Programs keep a copy of contacts, pages, jobs and batches as they do of leads, and hear of every server whose files were put back.

-- Which database it is as well: one that was dumped and brought back on the same server counts on, without what came between.
update app.revision_epochs set cluster = 'here' where cluster is not distinct from app.cluster();
create or replace function app.cluster() returns text language plpgsql stable as $$
declare
  server text;
begin
  begin
    server := (select system_identifier from pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
  exception
    when insufficient_privilege or undefined_function or object_not_in_prerequisite_state then
      server := 'unknown';
  end;
  return server || '/' || (select oid from pg_database where datname = current_database())
    || '/' || 'app.revision_epochs'::regclass::oid;
end
$$;
update app.revision_epochs set cluster = app.cluster() where cluster = 'here';

-- Every start of the server, with the last revision that there was before it. Whoever writes first writes it down, several where
-- they do so at once. What was told of a start that is not here, or beyond where it ended, was told by a history that is not this one.
create table app.server_starts (
  number bigint generated always as identity primary key,
  id uuid not null default gen_random_uuid() constraint server_starts_id_key unique,
  started timestamptz not null,
  until xid8 not null
);
create index server_starts_started_idx on app.server_starts (started);

-- Places that were told before go on from here.
insert into app.server_starts (id, started, until)
select epoch, pg_postmaster_start_time(), '0' from app.revision_epochs;

-- What became of jobs and batches, in rows of up to a hundred: a job and its batch change several times within seconds, and their
-- rows stand in many indexes already. Kept for thirty days.
create table app.changed_work (
  id bigint generated always as identity primary key,
  tenant_id uuid not null,
  revision xid8 not null,
  at timestamptz not null default now(),
  job_ids uuid[] not null default '{}',
  batch_ids uuid[] not null default '{}'
);
create index changed_work_tenant_id_revision_id_idx on app.changed_work (tenant_id, revision, id);
create index changed_work_tenant_id_at_idx on app.changed_work (tenant_id, at);

-- The newest row of each tenant with jobs, and with batches, that is not kept any more.
create table app.forgotten_work (
  tenant_id uuid not null,
  of text not null constraint forgotten_work_of_check check (of in ('job_ids', 'batch_ids')),
  revision xid8 not null,
  id bigint not null,
  constraint forgotten_work_pkey primary key (tenant_id, of)
);

-- Since when `changed_work` has everything.
alter table app.revision_epochs add column work_since timestamptz not null default now();

-- By its tenants, so that the end of an index answers for each of them.
create function app.newest_revision() returns xid8 language sql volatile as $$
  select coalesce(max(newest.revision), '0') from tenants t cross join lateral (
    select (select max(revision) from app.leads where tenant_id = t.id)
    union all select (select max(revision) from app.lead_emails where tenant_id = t.id)
    union all select (select max(revision) from app.lead_tombstones where tenant_id = t.id)
    union all select (select max(revision) from app.changed_work where tenant_id = t.id)
  ) newest (revision)
$$;

-- Nobody waits for anybody here: of several notes of one start the lowest counts.
create function app.note_start() returns void language plpgsql volatile as $$
begin
  if not exists (select from app.server_starts where started = pg_postmaster_start_time()) then
    insert into app.server_starts (started, until) values (pg_postmaster_start_time(), app.newest_revision());
  end if;
end
$$;

create or replace function app.next_revision() returns xid8 language plpgsql volatile as $$
begin
  if not exists (select from app.server_starts where started = pg_postmaster_start_time()) then
    perform app.note_start();
  end if;
  return (select (base + pg_current_xact_id()::text::bigint)::text::xid8 from app.revision_epochs);
end
$$;
alter table app.changed_work alter column revision set default app.next_revision();

create or replace function app.renew_epoch() returns void language plpgsql volatile as $$
declare
  newest xid8;
begin
  lock table app.leads, app.lead_emails, app.lead_tombstones, app.changed_work in exclusive mode;
  select max(revision) into newest from (
    select max(revision) from app.leads
    union all select max(revision) from app.lead_emails
    union all select max(revision) from app.lead_tombstones
    union all select max(revision) from app.changed_work
  ) of_each (revision);
  update app.revision_epochs
  set epoch = gen_random_uuid(), cluster = app.cluster(), work_since = now(),
    base = greatest(base, newest::text::bigint)
  where cluster is distinct from app.cluster() or newest >= app.coming_revision();
  if found then
    delete from app.server_starts;
    insert into app.server_starts (id, started, until) select epoch, pg_postmaster_start_time(), '0' from app.revision_epochs;
  end if;
  perform app.note_start();
end
$$;

-- Addresses that went with their lead are told by themselves as well, for those who keep addresses alone; and pages that went alone.
alter table app.lead_tombstones add column page_id uuid;
create or replace function app.note_lead_emails_deleted() returns trigger language plpgsql as $$
begin
  insert into app.lead_tombstones (tenant_id, domain_id, email_id)
  select gone.tenant_id, gone.domain_id, gone.id from gone;
  return null;
end
$$;

-- Whoever changes a job has its line change too; lines come with what inserts them, so that nothing acts while a backup is read.
-- Ids are cast for databases that keep them as text.
create function app.note_jobs_changed() returns trigger language plpgsql as $$
begin
  insert into app.changed_work (tenant_id, job_ids, batch_ids)
  select tenant_id, array_agg(job_id::uuid), array_agg(distinct batch_id::uuid) from (
    select tenant_id, job_id, batch_id, (row_number() over (partition by tenant_id) - 1) / 100 as part from changed
  ) parts
  group by tenant_id, part;
  return null;
end
$$;
create trigger scrape_jobs_written after update on app.scrape_jobs
  referencing new table as changed for each statement execute function app.note_jobs_changed();
create trigger scrape_jobs_deleted after delete on app.scrape_jobs
  referencing old table as changed for each statement execute function app.note_jobs_changed();

-- What a purge has not come to yet is shown to nobody: hosts below a suppressed domain, what patterns fit, and mailboxes elsewhere.

-- Every entry that would suppress an address or a host, as packages/api has it (`suppressionKeys`).
create function app.suppression_keys(subject text) returns text[] language plpgsql immutable strict as $$
declare
  key text := lower(subject);
  local text;
  host text;
  above text;
  keys text[];
begin
  if strpos(key, '@') > 0 then
    local := left(key, length(key) - strpos(reverse(key), '@'));
  end if;
  host := rtrim(case when local is null then key else substr(key, length(local) + 2) end, '.');
  keys := array[host];
  if local is not null then
    keys := keys || array[local || '@' || host, '*@' || host, local || '@*'];
  end if;
  above := host;
  while strpos(above, '.') > 0 loop
    above := substr(above, strpos(above, '.') + 1);
    keys := keys || array[above, '*.' || above];
    if local is not null then
      keys := keys || array['*@*.' || above, local || '@*.' || above];
    end if;
  end loop;
  return keys;
end
$$;

-- Whether an address or a host is of an entry whose purge has not gone through all results of scans.
create function app.is_withheld(tenant uuid, subject text) returns boolean language sql stable as $$
  select exists (
    select from app.suppressions s join app.purges p on p.id = s.purge_id
    where s.tenant_id = tenant and s.entry = any(app.suppression_keys(subject)) and p.ended_at is null and p.stage = 0
  )
$$;

create function app.is_withheld_url(tenant uuid, url text) returns boolean language sql stable as $$
  select app.is_withheld(tenant, substring(url from '^https?://([^/?#:@]+)'))
$$;

-- The same of a domain, and of where it leads to.
create function app.is_withheld_site(tenant uuid, site uuid) returns boolean language sql stable as $$
  select exists (
    select from public.domains d
    where d.id = site and (app.is_withheld(tenant, d.domain) or app.is_withheld_url(tenant, d.meta_json ->> 'final_url'))
  )
$$;
