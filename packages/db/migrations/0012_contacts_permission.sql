-- Addresses, numbers and names of people are personal data: seeing them is a right of its own.

insert into permissions (name, description)
select 'contacts:read', 'See addresses, numbers and names of people'
where not exists (select from permissions where name = 'contacts:read');

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name = 'contacts:read'
where r.name in ('owner', 'admin', 'operator', 'auditor', 'developer')
  and not exists (
    select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
  );
