import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { permissions, profiles, roles } from "@scrapersky/db/schema";
import { heldRoles } from "./held-roles.ts";
import { type Permission, PERMISSIONS, PLATFORM_PERMISSIONS } from "./permissions.ts";

const grantsOf = defineStatement(
  `select r.name as role, perm.name as permission
   from (select distinct role_id from ${heldRoles(":personId::uuid", ":tenantId::uuid")} roles) held
   join roles r on r.id = held.role_id
   join role_permissions rp on rp.role_id = r.id
   join permissions perm on perm.id = rp.permission_id
   order by r.id, perm.name`,
  { role: roles.name, permission: permissions.name },
);

const platformRoleOf = defineStatement(
  `select p.role as "platformRole" from profiles p where p.id = :personId::uuid`,
  { platformRole: profiles.role },
);

/** A right, and what gives it. */
export interface Grant {
  permission: Permission;
  /** Name of the role; `GLOBAL_ADMIN` for what comes with being staff of the platform. */
  from: string;
}

/**
 * Every right that somebody would have in a tenant, once for each role that gives it, whether or not the person may
 * sign in just now.
 */
export async function findGrants(
  reader: Reader,
  of: { personId: string; tenantId: string },
): Promise<Grant[]> {
  const rows = await executeRawSql(reader, grantsOf, of);
  const [person] = await executeRawSql(reader, platformRoleOf, { personId: of.personId });
  const held = rows.flatMap(({ role, permission }) =>
    isOfTenant(permission) ? [{ permission, from: role }] : [],
  );
  if (person?.platformRole !== "GLOBAL_ADMIN") return held;
  return [
    ...held,
    ...PLATFORM_PERMISSIONS.map((permission) => ({ permission, from: "GLOBAL_ADMIN" })),
  ];
}

/** A role may carry names that this build does not know, and never carries rights of the platform. */
export const isOfTenant = (name: string): name is Permission =>
  Object.hasOwn(PERMISSIONS, name) && !PLATFORM_PERMISSIONS.some((one) => one === name);
