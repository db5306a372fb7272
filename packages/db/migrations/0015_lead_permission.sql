-- What staff note on leads is theirs to change who work with them.

insert into permissions (name, description)
select 'leads:write', 'Label leads, note on them, choose their best contact'
where not exists (select from permissions where name = 'leads:write');

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name = 'leads:write'
where r.name in ('owner', 'admin', 'operator')
  and not exists (
    select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
  );
