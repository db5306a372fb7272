/**
 * SQL of the roles that a person holds in a tenant at this moment, as a table of `role_id` and `ends_at`: that of the membership,
 * those of the first system's own table, in the tenant or in all, and those that are lent.
 */
export const heldRoles = <Person extends string, Tenant extends string>(
  person: Person,
  tenant: Tenant,
) =>
  `(
     select ut.role_id, null::timestamptz as ends_at from user_tenants ut where ut.user_id = ${person} and ut.tenant_id = ${tenant}
     union
     select ur.role_id, null from user_roles ur
     where ur.user_id = ${person} and (ur.tenant_id is null or ur.tenant_id = ${tenant})
     union
     select g.role_id, g.ends_at from app.role_grants g
     where g.profile_id = ${person} and g.tenant_id = ${tenant} and g.ends_at > now()
   )` as const;
