import type { Tx } from "@scrapersky/db";
import { roles } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "./actor.ts";
import { isOfTenant } from "./find-grants.ts";
import { ROLE_NAMES } from "./permissions.ts";
import type { RoleChanged, RoleUpdate } from "./rbac.contract.ts";
import { holdRole, readRights, requireFreeRoleName, writeRights } from "./read-role.ts";

/**
 * Changes a role in all tenants: whoever has it may do what it says within a second. An owner's rights stay, or nobody could give
 * them back; roles that came with the product keep their names.
 * @throws DomainError NOT_FOUND; INVALID_INPUT; FORBIDDEN `GRANTS_MORE`, `LENT_RIGHT`; CONFLICT `NAME_TAKEN`; INVALID_STATE `STANDARD_ROLE`
 */
export async function updateRole(
  tx: Tx,
  caller: Caller,
  { roleId, patch }: RoleUpdate,
): Promise<RoleChanged> {
  await takeLock(tx, "roles");
  const role = await holdRole(tx, roleId);
  if (patch.name !== undefined && patch.name !== role.name) {
    requireOwnRole(role.name);
    await requireFreeRoleName(tx, patch.name, role.id);
  }
  if (patch.permissions !== undefined && role.name === "owner") requireOwnRole(role.name);
  const before = {
    name: role.name,
    description: role.description,
    permissions: role.permissions.filter(isOfTenant),
  };
  const rights =
    patch.permissions === undefined
      ? before.permissions
      : await readRights(tx, caller, patch.permissions, before.permissions);
  const { name, description } = { ...before, ...patch };
  await tx.update(roles).set({ name, description }).where(eq(roles.id, role.id));
  await writeRights(tx, role, rights);
  const after = { name, description, permissions: rights };
  await recordAudit(tx, caller, {
    action: "rbac.updateRole",
    targetType: "role",
    targetId: String(role.id),
    detail: { before, after },
  });
  return { roleId: role.id, ...after };
}

/** @throws DomainError INVALID_STATE `STANDARD_ROLE` for one that came with the product */
export function requireOwnRole(name: string): void {
  if (!ROLE_NAMES.some((one) => one === name)) return;
  throw new DomainError("INVALID_STATE", `The role "${name}" comes with the product.`, {
    errorCode: "STANDARD_ROLE",
  });
}
