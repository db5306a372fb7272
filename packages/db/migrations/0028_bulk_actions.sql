-- One act on many rows, worked off in chunks by whoever finds it open. Programs before this one leave it alone.

create table app.bulk_actions (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  action text not null,
  list text not null,
  -- How many ids were given, or the filter and up to which moment rows are meant.
  target jsonb not null,
  settings jsonb not null,
  status text not null constraint bulk_actions_status_check
    check (status in ('pending', 'running', 'undoing', 'complete', 'cancelled', 'stopped', 'undone')),
  total integer not null,
  done integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  -- Rows that were skipped or failed, by reason.
  reasons jsonb not null default '{}',
  -- The chunk that is next, and in a row how often it could not be done.
  next_chunk integer not null default 0,
  tries integer not null default 0,
  error text,
  batch_id uuid,
  created_by uuid not null,
  actor_kind text not null,
  api_key_id uuid,
  source text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  -- Open ones take turns by this.
  touched_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint bulk_actions_ended_check check ((status in ('pending', 'running', 'undoing')) = (ended_at is null))
);
create index bulk_actions_tenant_id_created_at_id_idx on app.bulk_actions (tenant_id, created_at, id);
create index bulk_actions_open_idx on app.bulk_actions (touched_at, id) where ended_at is null;

create table app.bulk_chunks (
  bulk_id uuid not null constraint bulk_chunks_bulk_id_fkey references app.bulk_actions (id) on delete cascade,
  number integer not null,
  -- Rows that are still to be done.
  ids uuid[] not null,
  -- Those that were skipped or failed, each with its reason.
  told jsonb not null default '[]',
  -- What was there before, while it can be brought back.
  former jsonb,
  primary key (bulk_id, number)
);
