-- SQL written for the first version reads "profile"; the table is "profiles".
do $$
begin
  if to_regclass('public.profile') is null then
    -- With the caller's rights, so that row security of the table holds through the view.
    create view profile with (security_invoker = true) as
      select id, name, email, role, bio, tenant_id, active, created_at, updated_at
      from profiles;
  end if;
end
$$;
