-- Tenants are kept by platform staff, renamed by their owners, and deleted after a time in which that can be taken back.

create table app.tenant_removals (
  tenant_id uuid primary key constraint tenant_removals_tenant_id_fkey
    references public.tenants (id) on delete cascade,
  state text not null default 'asked' constraint tenant_removals_state_check check (state in ('asked', 'removing')),
  -- What it is again when somebody takes the deletion back.
  was_active boolean not null,
  -- Until then nothing is removed.
  due_at timestamptz not null,
  -- Which of the places of a tenant's rows is next.
  stage integer not null default 0
);
create index tenant_removals_due_at_idx on app.tenant_removals (due_at);

insert into permissions (name, description)
select wanted.name, wanted.description
from (values
  ('tenants:write', 'Rename the tenant, and delete it'),
  ('platform:tenants', 'Make, rename, switch off and delete tenants')
) as wanted (name, description)
where not exists (select from permissions p where p.name = wanted.name);

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name = 'tenants:write'
where r.name = 'owner'
  and not exists (
    select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
  );
