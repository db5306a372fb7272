-- The page of what was done to many rows at once.

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select 'Bulk actions', '/bulk', 'copy-check', 'Work', 'jobs:read', 3
where not exists (select from sidebar_features s where s.url_path = '/bulk' and s.tenant_id is null);
