-- The right to hand over a tenant, which tells its owners from its admins.

insert into permissions (name, description)
select 'tenants:transfer', 'Hand over the tenant: make somebody its owner'
where not exists (select from permissions where name = 'tenants:transfer');

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name = 'tenants:transfer'
where r.name = 'owner'
  and not exists (
    select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
  );
