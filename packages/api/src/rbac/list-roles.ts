import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { roles } from "@scrapersky/db/schema";
import type { Actor } from "./actor.ts";
import { isOfTenant } from "./find-grants.ts";
import { ROLE_NAMES } from "./permissions.ts";
import type { Role } from "./rbac.contract.ts";

const allRoles = defineStatement(
  `select r.id, r.name, r.description,
     array(
       select p.name from role_permissions rp join permissions p on p.id = rp.permission_id
       where rp.role_id = r.id order by p.name
     ) as permissions,
     (select count(*)::int from user_tenants ut join profiles p on p.id = ut.user_id and p.active
      where ut.role_id = r.id and ut.tenant_id = :tenantId::uuid) as people
   from roles r order by r.id`,
  {
    id: roles.id,
    name: roles.name,
    description: roles.description,
    permissions: "text[]",
    people: "int4",
  },
);

/** Every role there is, from the first to the last. */
export async function listRoles(reader: Reader, actor: Actor): Promise<Role[]> {
  const rows = await executeRawSql(reader, allRoles, { tenantId: actor.tenantId });
  return rows.map(({ permissions, ...row }) => {
    const held = permissions.filter(isOfTenant);
    return {
      ...row,
      permissions: held,
      grantable: held.every((name) => actor.permissions.has(name)),
      standard: ROLE_NAMES.some((name) => name === row.name),
    };
  });
}
