-- The page of roles in the sidebar.

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select 'Roles', '/roles', 'shield', 'Team', 'rbac:read', 6
where not exists (select from sidebar_features s where s.url_path = '/roles' and s.tenant_id is null);
