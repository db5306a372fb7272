-- The pages of what scans found. They stand before the entries that are there.

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select new.name, new.url_path, new.icon, 'Results', new.permission, new.place
from (values
  ('Leads', '/leads', 'building', 'domains:read', -3),
  ('Contacts', '/contacts', 'at-sign', 'contacts:read', -2),
  ('Exports', '/exports', 'file-down', 'export:read', -1)
) as new (name, url_path, icon, permission, place)
where not exists (
  select from sidebar_features s where s.url_path = new.url_path and s.tenant_id is null
);
