-- Features that tenants have or have not, with their page in the sidebar. The rights to see and to switch them came with 0006.

insert into permissions (name, description)
select 'platform:features', 'Change features and entries of the sidebar for all tenants'
where not exists (select from permissions where name = 'platform:features');

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select 'Features', '/features', 'toggle-right', 'Team', 'features:read', 7
where not exists (select from sidebar_features s where s.url_path = '/features' and s.tenant_id is null);
