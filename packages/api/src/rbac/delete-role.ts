import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { roles } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "./actor.ts";
import { holdRole } from "./read-role.ts";
import { requireOwnRole } from "./update-role.ts";

const holders = defineStatement(
  `select count(distinct person)::int as people from (
     select user_id as person from user_tenants where role_id = :roleId::int
     union all select user_id from user_roles where role_id = :roleId::int
     union all select profile_id from app.role_grants where role_id = :roleId::int and ends_at > now()
     union all select id from profiles where role_id = :roleId::int
   ) held`,
  { people: "int4" },
);

/**
 * Removes a role that nobody has.
 * @throws DomainError NOT_FOUND; INVALID_STATE `STANDARD_ROLE`, `ROLE_HELD`
 */
export async function deleteRole(
  tx: Tx,
  caller: Caller,
  roleId: number,
): Promise<{ roleId: number }> {
  await takeLock(tx, "roles");
  const { id, ...before } = await holdRole(tx, roleId);
  requireOwnRole(before.name);
  const people = (await executeRawSqlOne(tx, holders, { roleId: id }))?.people ?? 0;
  if (people > 0) {
    throw new DomainError(
      "INVALID_STATE",
      `${people === 1 ? "One person has" : `${people} people have`} the role "${before.name}". Give them another one first.`,
      { errorCode: "ROLE_HELD" },
    );
  }
  await tx.delete(roles).where(eq(roles.id, id));
  await recordAudit(tx, caller, {
    action: "rbac.deleteRole",
    targetType: "role",
    targetId: String(id),
    detail: { before },
  });
  return { roleId: id };
}
