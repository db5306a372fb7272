-- lowest program: 0024
-- Batches can be renamed and removed. Programs before this one would go on showing batches that are being removed.

-- Batches that somebody deleted: hidden at once, and soon gone with their jobs, attempts and lists. What was found stays.
create table app.batch_removals (
  batch_id uuid primary key constraint batch_removals_batch_id_fkey
    references public.batch_jobs (batch_id) on delete cascade,
  tenant_id uuid not null constraint batch_removals_tenant_id_fkey
    references public.tenants (id) on delete cascade,
  state text not null default 'asked' constraint batch_removals_state_check check (state in ('asked', 'removing')),
  -- Until then nothing is removed.
  due_at timestamptz not null
);
create index batch_removals_due_at_idx on app.batch_removals (due_at);

insert into permissions (name, description)
select wanted.name, wanted.description
from (values
  ('batches:write', 'Rename batches'),
  ('batches:delete', 'Delete batches with their jobs')
) as wanted (name, description)
where not exists (select from permissions p where p.name = wanted.name);

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name = 'batches:write' and r.name in ('owner', 'admin', 'operator')
  or p.name = 'batches:delete' and r.name in ('owner', 'admin')
where not exists (
  select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
);
