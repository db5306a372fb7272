-- The page of keys in the sidebar, behind the people.

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select 'Keys', '/keys', 'key', 'Team', 'apikeys:read', 4
where not exists (select from sidebar_features s where s.url_path = '/keys' and s.tenant_id is null);
