-- lowest program: 0018
-- What a tenant never visits, stores or exports, and the removal of what was stored before it said so.
-- Programs before this one would visit and store it all the same.

create table app.purges (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  scope text not null constraint purges_scope_check check (scope in ('results', 'everywhere')),
  -- Where it goes on: which of its stages, and behind which row of that.
  stage integer not null default 0,
  after text not null default '',
  -- Rows removed or changed so far, by place.
  removed jsonb not null default '{}',
  created_by uuid not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index purges_open_idx on app.purges (created_at, id) where ended_at is null;
create index purges_tenant_id_idx on app.purges (tenant_id);

create table app.suppressions (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  kind text not null constraint suppressions_kind_check check (kind in ('domain', 'email', 'pattern')),
  -- Lower case, hosts in punycode: what addresses and hosts are looked up by.
  entry text not null,
  shown text not null,
  reason text,
  purge_id uuid constraint suppressions_purge_id_fkey references app.purges (id) on delete set null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  constraint suppressions_tenant_id_entry_key unique (tenant_id, entry)
);
create index suppressions_tenant_id_created_at_id_idx on app.suppressions (tenant_id, created_at, id);
create index suppressions_purge_id_idx on app.suppressions (purge_id);

insert into permissions (name, description)
select given.name, given.description
from (values
  ('suppressions:read', 'See what is never visited, stored or exported'),
  ('suppressions:write', 'Say what is never visited, stored or exported, and erase it')
) as given (name, description)
where not exists (select from permissions p where p.name = given.name);

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on (p.name = 'suppressions:read' and r.name in ('owner', 'admin', 'operator', 'auditor'))
  or (p.name = 'suppressions:write' and r.name in ('owner', 'admin'))
where not exists (
  select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
);
