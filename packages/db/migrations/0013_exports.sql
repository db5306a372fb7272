-- Lists that were sent to somebody: who took what along, as of when, and whether it arrived.

create table app.exports (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  list text not null,
  format text not null,
  filters jsonb not null,
  columns text[] not null,
  status text not null constraint exports_status_check
    check (status in ('running', 'complete', 'abandoned', 'failed')),
  since_id uuid constraint exports_since_id_fkey references app.exports (id) on delete set null,
  rows integer not null default 0,
  bytes bigint not null default 0,
  cut integer not null default 0,
  created_by uuid not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  as_of timestamptz not null,
  seen_from timestamptz not null,
  constraint exports_ended_check check ((status = 'running') = (ended_at is null))
);
create index exports_tenant_id_started_at_id_idx on app.exports (tenant_id, started_at, id);
create index exports_since_id_idx on app.exports (since_id);
