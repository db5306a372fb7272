-- Read-only SQL of platform staff: what each ran and keeps. The role and the views that it reads are made by every run that
-- migrates, after the last migration.

create table app.sql_runs (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  sql text not null,
  -- SHA-256 of the text: what the audit log tells of it.
  sql_hash text not null,
  -- Null while it runs.
  outcome text,
  said text,
  row_count integer,
  elapsed_ms integer,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  cancel_asked_at timestamptz,
  constraint sql_runs_pkey primary key (id),
  constraint sql_runs_person_id_fkey foreign key (person_id) references profiles (id) on delete cascade,
  constraint sql_runs_kind_check check (kind in ('query', 'explain')),
  constraint sql_runs_outcome_check check (outcome in ('answered', 'refused', 'failed'))
);
create index sql_runs_person_id_idx on app.sql_runs (person_id, started_at, id);
create index sql_runs_started_at_idx on app.sql_runs (started_at);

create table app.saved_sql (
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  name text not null,
  sql text not null,
  created_at timestamptz not null default now(),
  constraint saved_sql_pkey primary key (id),
  constraint saved_sql_person_id_fkey foreign key (person_id) references profiles (id) on delete cascade,
  constraint saved_sql_person_id_name_key unique (person_id, name)
);

-- What comparisons of the schema with the database found: a row each time that it was something else.
create table app.drift_checks (
  number bigint generated always as identity,
  fingerprint text not null,
  differences jsonb not null,
  breaking integer not null,
  harmful integer not null,
  harmless integer not null,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  constraint drift_checks_pkey primary key (number)
);

-- Differences that are meant to be. One that becomes another is not ignored any more.
create table app.drift_ignored (
  key text not null,
  what text not null,
  reason text not null,
  person_id uuid,
  ignored_at timestamptz not null default now(),
  constraint drift_ignored_pkey primary key (key),
  constraint drift_ignored_person_id_fkey foreign key (person_id) references profiles (id) on delete set null
);
create index drift_ignored_person_id_idx on app.drift_ignored (person_id);

insert into permissions (name, description)
select 'platform:db.ack', 'Say which schema drift is meant to be'
where not exists (select from permissions where name = 'platform:db.ack');
