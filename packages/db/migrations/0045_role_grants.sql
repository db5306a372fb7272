-- Roles that are held for a time, beside those that are held for good: the real tables of roles know no end.

create table app.role_grants (
  tenant_id uuid not null constraint role_grants_tenant_id_fkey references public.tenants (id) on delete cascade,
  profile_id uuid not null constraint role_grants_profile_id_fkey references public.profiles (id) on delete cascade,
  role_id integer not null constraint role_grants_role_id_fkey references public.roles (id) on delete cascade,
  ends_at timestamptz not null,
  constraint role_grants_pkey primary key (profile_id, tenant_id, role_id)
);
create index role_grants_ends_at_idx on app.role_grants (ends_at);

insert into permissions (name, description)
select 'platform:roles', 'Make, change and delete roles'
where not exists (select from permissions where name = 'platform:roles');
