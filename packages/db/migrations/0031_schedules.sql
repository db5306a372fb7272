-- What runs again by itself: the list of a batch, or the leads that a filter finds, by cron in a time zone.

create table app.schedules (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  name text not null,
  status text not null constraint schedules_status_check check (status in ('active', 'paused')),
  cron text not null,
  time_zone text not null,
  -- What becomes of runs that nobody was there for, and of one that comes while its last batch still runs.
  missed text not null constraint schedules_missed_check check (missed in ('skip', 'once')),
  overlap text not null constraint schedules_overlap_check check (overlap in ('skip', 'run')),
  -- One of them. A batch may go while its schedule stays, and is told at the next run.
  batch_id uuid,
  filter jsonb,
  max_pages integer not null,
  max_concurrent integer not null,
  next_run_at timestamptz,
  -- Runs that failed one after the other, and the words of the last one.
  failures integer not null default 0,
  last_error text,
  created_by uuid not null,
  -- By whose rights it runs: who created it, changed what it runs or let it go on.
  run_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint schedules_source_check check (num_nonnulls(batch_id, filter) = 1),
  constraint schedules_next_run_at_check check ((status = 'active') = (next_run_at is not null))
);
create index schedules_tenant_id_created_at_id_idx on app.schedules (tenant_id, created_at, id);
create index schedules_next_run_at_id_idx on app.schedules (next_run_at, id) where next_run_at is not null;

create table app.schedule_runs (
  id uuid primary key default gen_random_uuid(),
  schedule_id uuid not null references app.schedules (id) on delete cascade,
  tenant_id uuid not null,
  -- Null for a run that somebody asked for.
  due_at timestamptz,
  ran_at timestamptz not null default clock_timestamp(),
  outcome text not null constraint schedule_runs_outcome_check check (outcome in ('created', 'skipped', 'failed')),
  -- Why it was skipped.
  reason text constraint schedule_runs_reason_check check (reason in ('missed', 'overlap', 'tenant_off', 'nothing')),
  error text,
  batch_id uuid,
  constraint schedule_runs_schedule_id_due_at_key unique (schedule_id, due_at)
);
create index schedule_runs_schedule_id_ran_at_id_idx on app.schedule_runs (schedule_id, ran_at, id);

insert into permissions (name, description)
select given.name, given.description
from (values
  ('schedules:read', 'See schedules and their runs'),
  ('schedules:write', 'Create, change, pause and run schedules')
) as given (name, description)
where not exists (select from permissions p where p.name = given.name);

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p
  on (p.name = 'schedules:read' and r.name in ('owner', 'admin', 'operator', 'viewer', 'auditor', 'developer'))
  or (p.name = 'schedules:write' and r.name in ('owner', 'admin', 'operator'))
where not exists (
  select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
);

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select 'Schedules', '/schedules', 'calendar-clock', 'Work', 'schedules:read', 2
where not exists (select from sidebar_features s where s.url_path = '/schedules' and s.tenant_id is null);
