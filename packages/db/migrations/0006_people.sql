-- Who may do what, and what the sidebar shows: with the tables, so that an upgrade brings it and no seed is
-- needed. Rows are added and none is changed or removed. Later migrations bring what later versions add.
-- Asked for by name and not left to a conflict: not every database has these names unique.

insert into permissions (name, description)
select new.name, new.description
from (values
  ('overview:read', 'See the overview of the tenant'),
  ('batches:read', 'See batches and their progress'),
  ('batches:create', 'Submit batches of domains'),
  ('batches:cancel', 'Cancel a batch'),
  ('jobs:read', 'See jobs and their attempts'),
  ('jobs:retry', 'Run failed jobs again'),
  ('jobs:cancel', 'Cancel a job'),
  ('domains:read', 'See scanned domains'),
  ('pages:read', 'See stored pages and contacts'),
  ('profiles:read', 'See the people of the tenant'),
  ('profiles:write', 'Change people of the tenant'),
  ('features:read', 'See the entries of the sidebar'),
  ('features:write', 'Change the entries of the sidebar'),
  ('rbac:read', 'See roles and permissions'),
  ('rbac:assign', 'Assign roles to people'),
  ('apikeys:read', 'See API keys'),
  ('apikeys:write', 'Create and revoke API keys'),
  ('audit:read', 'Read the audit log'),
  ('export:read', 'Export lists'),
  ('platform:health', 'See the health of the platform'),
  ('platform:queue', 'See the queue and its workers'),
  ('platform:db.read', 'Look at tables and schema drift'),
  ('platform:db.query', 'Run read-only SQL')
) as new (name, description)
where not exists (select from permissions p where p.name = new.name);

-- Roles that were given their ids by hand have left the sequence behind them.
select count(nextval(s.name))
from (select pg_get_serial_sequence('public.roles', 'id')::regclass as name) s
cross join lateral generate_series(
  coalesce(pg_sequence_last_value(s.name), 0) + 1,
  (select max(id) from roles)
);

insert into roles (name, description)
select new.name, new.description
from (values
  ('owner', 'Everything in the tenant', 1),
  ('admin', 'Everything but handing over the tenant', 2),
  ('operator', 'Submits, retries, cancels and exports', 3),
  ('viewer', 'Reads', 4),
  ('auditor', 'Reads, and the audit log', 5),
  ('developer', 'Reads, and API keys', 6)
) as new (name, description, place)
where not exists (select from roles r where r.name = new.name)
order by new.place;

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from (values
  ('owner', array[
    'overview:read', 'batches:read', 'batches:create', 'batches:cancel', 'jobs:read', 'jobs:retry',
    'jobs:cancel', 'domains:read', 'pages:read', 'profiles:read', 'profiles:write', 'features:read',
    'features:write', 'rbac:read', 'rbac:assign', 'apikeys:read', 'apikeys:write', 'audit:read',
    'export:read'
  ]),
  ('admin', array[
    'overview:read', 'batches:read', 'batches:create', 'batches:cancel', 'jobs:read', 'jobs:retry',
    'jobs:cancel', 'domains:read', 'pages:read', 'profiles:read', 'profiles:write', 'features:read',
    'features:write', 'rbac:read', 'rbac:assign', 'apikeys:read', 'apikeys:write', 'audit:read',
    'export:read'
  ]),
  ('operator', array[
    'overview:read', 'batches:read', 'jobs:read', 'domains:read', 'pages:read', 'profiles:read',
    'features:read', 'batches:create', 'batches:cancel', 'jobs:retry', 'jobs:cancel', 'export:read'
  ]),
  ('viewer', array[
    'overview:read', 'batches:read', 'jobs:read', 'domains:read', 'pages:read', 'profiles:read',
    'features:read'
  ]),
  ('auditor', array[
    'overview:read', 'batches:read', 'jobs:read', 'domains:read', 'pages:read', 'profiles:read',
    'features:read', 'audit:read', 'rbac:read', 'export:read'
  ]),
  ('developer', array[
    'overview:read', 'batches:read', 'jobs:read', 'domains:read', 'pages:read', 'profiles:read',
    'features:read', 'apikeys:read', 'apikeys:write'
  ])
) as new (role, permissions)
join roles r on r.name = new.role
join permissions p on p.name = any (new.permissions)
where not exists (
  select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
);

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select new.name, new.url_path, new.icon, new.group_name, new.permission, new.place
from (values
  ('Batches', '/batches', 'layers', 'Work', 'batches:read', 1),
  ('Jobs', '/jobs', 'list-checks', 'Work', 'jobs:read', 2),
  ('Profiles', '/profiles', 'users', 'Team', 'profiles:read', 3)
) as new (name, url_path, icon, group_name, permission, place)
where not exists (
  select from sidebar_features s where s.url_path = new.url_path and s.tenant_id is null
);

-- What names a tenant in addresses. Tenants that are there already get one from their names.
insert into app.tenant_slugs (tenant_id, slug)
select id, case when place = 1 and not taken then base else base || '-' || left(md5(id::text), 8) end
from (
  select id, base, row_number() over (partition by base order by created_at, id) as place,
    exists (select from app.tenant_slugs s where s.slug = base) as taken
  from (
    select t.id, t.created_at, coalesce(
      nullif(btrim(left(btrim(regexp_replace(lower(t.name), '[^a-z0-9]+', '-', 'g'), '-'), 40), '-'), ''),
      'tenant'
    ) as base
    from tenants t
    where not exists (select from app.tenant_slugs s where s.tenant_id = t.id)
  ) named
) numbered;

-- Programs that belong to a tenant and to nobody in it.
create table app.service_accounts (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  constraint service_accounts_tenant_id_name_key unique (tenant_id, name)
);

alter table app.api_keys alter column profile_id drop not null;
alter table app.api_keys
  add column service_account_id uuid references app.service_accounts (id) on delete cascade;
alter table app.api_keys
  add constraint api_keys_holder_check check (num_nonnulls(profile_id, service_account_id) = 1);
create index api_keys_service_account_id_idx on app.api_keys (service_account_id);

-- Links by which a person sets a password and signs in, once.
create table app.sign_in_links (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app.users (id) on delete cascade,
  token_hash text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- A newer link took its place.
  replaced_at timestamptz,
  created_at timestamptz not null default now(),
  constraint sign_in_links_token_hash_key unique (token_hash)
);
create index sign_in_links_user_id_idx on app.sign_in_links (user_id);
