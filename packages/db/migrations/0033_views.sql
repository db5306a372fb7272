-- How a person wants lists drawn, and the filters that people keep under a name.

create table app.preferences (
  person_id uuid not null references profiles (id) on delete cascade,
  key text not null,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (person_id, key)
);

create table app.saved_views (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  owner_id uuid not null references profiles (id) on delete cascade,
  list text not null,
  slug text not null,
  name text not null,
  query text not null,
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_views_tenant_id_list_slug_key unique (tenant_id, list, slug)
);
create index saved_views_owner_id_idx on app.saved_views (owner_id);

insert into permissions (name, description)
select 'views:share', 'Share saved views with the tenant'
where not exists (select from permissions where name = 'views:share');

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name = 'views:share'
where r.name in ('owner', 'admin', 'operator')
  and not exists (
    select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
  );
