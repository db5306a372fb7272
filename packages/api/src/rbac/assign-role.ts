import { defineStatement, executeRawSqlOne, nullable, type Tx } from "@scrapersky/db";
import { roleGrants, roles, userRoles, userTenants } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "./actor.ts";
import { getRole } from "./get-role.ts";
import { requireOtherOwner } from "./require-owner.ts";

export interface RoleAssignment {
  personId: string;
  tenant: { id: string; name: string };
  role: string;
}

const membership = defineStatement(
  `select ut.role_id, (select r.name from roles r where r.id = ut.role_id) as role, (
     (select count(*)::int from user_roles ur where ur.user_id = ut.user_id and ur.tenant_id = ut.tenant_id)
     + (select count(*)::int from app.role_grants g where g.profile_id = ut.user_id and g.tenant_id = ut.tenant_id)
   ) as others
   from user_tenants ut where ut.user_id = :personId::uuid and ut.tenant_id = :tenantId::uuid for update`,
  { role_id: userTenants.roleId, role: nullable(roles.name), others: "int4" },
);

/**
 * Gives a member of a tenant this role there, in the place of those held so far.
 * @returns the role's name as it is written, and whether anything changed
 * @throws DomainError NOT_FOUND for an unknown role or somebody who is no member; INVALID_STATE `LAST_OWNER`
 */
export async function assignRole(
  tx: Tx,
  author: Author,
  { personId, tenant, role: word }: RoleAssignment,
): Promise<{ role: string; changed: boolean }> {
  const role = await getRole(tx, word);
  if (role.name !== "owner") await requireOtherOwner(tx, { personId, tenantId: tenant.id });
  const member = await executeRawSqlOne(tx, membership, { personId, tenantId: tenant.id });
  if (!member) {
    throw new DomainError(
      "NOT_FOUND",
      `That person is no member of "${tenant.name}": \`add\` makes one.`,
    );
  }
  if (member.role_id === role.id && member.others === 0) return { role: role.name, changed: false };
  await tx
    .update(userTenants)
    .set({ roleId: role.id, updatedAt: sql`now()` })
    .where(and(eq(userTenants.userId, personId), eq(userTenants.tenantId, tenant.id)));
  // The first system's place for roles: what stands there for this tenant would be held besides.
  await tx
    .delete(userRoles)
    .where(and(eq(userRoles.userId, personId), eq(userRoles.tenantId, tenant.id)));
  await tx
    .delete(roleGrants)
    .where(and(eq(roleGrants.profileId, personId), eq(roleGrants.tenantId, tenant.id)));
  await recordAudit(tx, author, {
    action: "rbac.assign",
    targetType: "profile",
    targetId: personId,
    tenantId: tenant.id,
    detail: { before: { role: member.role }, after: { role: role.name } },
  });
  return { role: role.name, changed: true };
}
