-- Who may say how a tenant wants things.

insert into permissions (name, description)
select 'settings:write', 'Change the settings of the tenant'
where not exists (select from permissions where name = 'settings:write');

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name = 'settings:write'
where r.name in ('owner', 'admin')
  and not exists (
    select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
  );
