import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
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
  const params = { personId, tenantId: tenant.id };
  const member = await executeRawSqlOne<{ role_id: number | null; others: number }>(
    tx,
    `select ut.role_id, (
       select count(*)::int from user_roles ur where ur.user_id = ut.user_id and ur.tenant_id = ut.tenant_id
     ) as others
     from user_tenants ut where ut.user_id = :personId::uuid and ut.tenant_id = :tenantId::uuid for update`,
    params,
  );
  if (!member) {
    throw new DomainError(
      "NOT_FOUND",
      `That person is no member of "${tenant.name}": \`add\` makes one.`,
    );
  }
  if (member.role_id === role.id && member.others === 0) return { role: role.name, changed: false };
  await executeRawSql(
    tx,
    `update user_tenants set role_id = :roleId::int, updated_at = now()
     where user_id = :personId::uuid and tenant_id = :tenantId::uuid`,
    { ...params, roleId: role.id },
  );
  // The first system's place for roles: what stands there for this tenant would be held besides.
  await executeRawSql(
    tx,
    "delete from user_roles where user_id = :personId::uuid and tenant_id = :tenantId::uuid",
    params,
  );
  await recordAudit(tx, author, {
    action: "roles.assign",
    targetType: "profile",
    targetId: personId,
    tenantId: tenant.id,
    detail: { role: role.name },
  });
  return { role: role.name, changed: true };
}
