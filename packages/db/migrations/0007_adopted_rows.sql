-- What adopting a database of the first system leaves behind. Adoption runs this text before the
-- migrations do, so it makes only what is not there.

create schema if not exists app;

-- Rows as they were, each value as the text that Postgres prints. No references: a row outlives what
-- it speaks of.
create table if not exists app.adopted_rows (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  adoption text not null,
  step text not null,
  table_name text not null,
  kind text not null check (kind in ('merged', 'changed', 'added')),
  row_key text,
  became text,
  was jsonb not null
);
create index if not exists adopted_rows_adoption_table_name_idx on app.adopted_rows (adoption, table_name);

-- What a batch was called before it had a uuid; still finds it, within its tenant.
create table if not exists app.batch_names (
  tenant_id uuid not null,
  name text not null,
  batch_id uuid not null references public.batch_jobs (batch_id) on delete cascade,
  primary key (tenant_id, name)
);
create index if not exists batch_names_batch_id_idx on app.batch_names (batch_id);
