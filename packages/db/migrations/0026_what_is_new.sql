-- Programs that synchronise, and exports of what is new, go by when a row came to be seen, on whatever server it stands by now.

-- Since when a row can be seen; null in rows of before, where it is since their first scan.
alter table app.leads add column came_at timestamptz;
alter table app.leads alter column came_at set default now();
alter table app.lead_emails add column came_at timestamptz;
alter table app.lead_emails alter column came_at set default now();

-- Which server numbers the transactions, and since which restart of its history. Null where that may not be asked.
create function app.cluster() returns text language plpgsql stable as $$
begin
  return (select system_identifier from pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
exception
  when insufficient_privilege or undefined_function or object_not_in_prerequisite_state then
    return null;
end
$$;

-- Revisions are numbers of transactions, which another server counts anew: what is restored there gets a new epoch, and
-- its base lies above all revisions that came along.
create table app.revision_epochs (
  only_one boolean primary key default true constraint revision_epochs_only_one_check check (only_one),
  epoch uuid not null default gen_random_uuid(),
  cluster text,
  base bigint not null default 0
);
insert into app.revision_epochs (cluster) values (app.cluster());

create function app.next_revision() returns xid8 language sql volatile as $$
  select (base + pg_current_xact_id()::text::bigint)::text::xid8 from app.revision_epochs
$$;

-- Below it everything is there that will ever be: older transactions have ended.
create function app.settled_revision() returns xid8 language sql volatile as $$
  select (base + pg_snapshot_xmin(pg_current_snapshot())::text::bigint)::text::xid8 from app.revision_epochs
$$;

-- No transaction has begun that would count this or more.
create function app.coming_revision() returns xid8 language sql volatile as $$
  select (base + pg_snapshot_xmax(pg_current_snapshot())::text::bigint)::text::xid8 from app.revision_epochs
$$;

-- Where the database stands on another server, or has rows that this one did not count. Waits for writers, so that none of
-- them counts by the base before.
create function app.renew_epoch() returns void language plpgsql volatile as $$
declare
  newest xid8;
begin
  lock table app.leads, app.lead_emails, app.lead_tombstones in exclusive mode;
  select max(revision) into newest from (
    select max(revision) from app.leads
    union all select max(revision) from app.lead_emails
    union all select max(revision) from app.lead_tombstones
  ) of_each (revision);
  update app.revision_epochs
  set epoch = gen_random_uuid(), cluster = app.cluster(), base = greatest(base, newest::text::bigint)
  where cluster is distinct from app.cluster() or newest >= app.coming_revision();
end
$$;

alter table app.leads alter column revision set default app.next_revision();
alter table app.lead_emails alter column revision set default app.next_revision();
alter table app.lead_tombstones alter column revision set default app.next_revision();

-- Whoever writes: our statements, older programs, an owner's SQL, and what goes with a row of a real table.
create function app.note_lead_written() returns trigger language plpgsql as $$
begin
  new.revision := app.next_revision();
  new.updated_at := now();
  return new;
end
$$;
create trigger leads_written before update on app.leads
  for each row execute function app.note_lead_written();

create function app.note_lead_email_written() returns trigger language plpgsql as $$
begin
  new.revision := app.next_revision();
  return new;
end
$$;
create trigger lead_emails_written before update on app.lead_emails
  for each row execute function app.note_lead_email_written();

create function app.note_leads_deleted() returns trigger language plpgsql as $$
begin
  insert into app.lead_tombstones (tenant_id, domain_id) select tenant_id, domain_id from gone;
  return null;
end
$$;
create trigger leads_deleted after delete on app.leads
  referencing old table as gone for each statement execute function app.note_leads_deleted();

-- Those that went with their lead are told by its own.
create function app.note_lead_emails_deleted() returns trigger language plpgsql as $$
begin
  insert into app.lead_tombstones (tenant_id, domain_id, email_id)
  select gone.tenant_id, gone.domain_id, gone.id
  from gone join app.leads l on l.domain_id = gone.domain_id;
  return null;
end
$$;
create trigger lead_emails_deleted after delete on app.lead_emails
  referencing old table as gone for each statement execute function app.note_lead_emails_deleted();

create index leads_tenant_id_updated_at_idx on app.leads (tenant_id, updated_at, revision);
create index lead_tombstones_tenant_id_deleted_at_idx on app.lead_tombstones (tenant_id, deleted_at, revision);

-- Until when an export is known to be under way: its api says so again and again.
alter table app.exports add column leased_until timestamptz;

-- The first system kept names of domains as they were typed; a lead has its name as everybody else writes it.
update app.leads set domain = lower(domain) where domain <> lower(domain);
