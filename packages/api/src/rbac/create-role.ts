import { expression, type Tx } from "@scrapersky/db";
import { roles } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "./actor.ts";
import type { RoleChanged, RoleCreate } from "./rbac.contract.ts";
import { ROLES_MAX } from "./rbac.contract.ts";
import { readRights, requireFreeRoleName, writeRights } from "./read-role.ts";

/**
 * Makes a role for all tenants.
 * @throws DomainError INVALID_INPUT; FORBIDDEN `GRANTS_MORE`, `LENT_RIGHT`; CONFLICT `NAME_TAKEN`, and from the idempotency key;
 * INVALID_STATE beyond `ROLES_MAX`
 */
export async function createRole(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: RoleCreate,
): Promise<RoleChanged & { replayed: boolean }> {
  return runOnce(tx, caller.actor, { route: "rbac.createRole", key, request }, () =>
    insertRole(tx, caller, request),
  );
}

async function insertRole(
  tx: Tx,
  caller: Caller,
  { name, description, permissions }: Omit<RoleCreate, "idempotencyKey">,
): Promise<RoleChanged> {
  const rights = await readRights(tx, caller, permissions);
  await takeLock(tx, "roles");
  await requireFreeRoleName(tx, name);
  const [count] = await tx.select({ roles: expression("int4")`count(*)::int` }).from(roles);
  if ((count?.roles ?? 0) >= ROLES_MAX) {
    throw new DomainError("INVALID_STATE", `There are at most ${ROLES_MAX} roles.`);
  }
  const [row] = await tx.insert(roles).values({ name, description }).returning({ id: roles.id });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  await writeRights(tx, { id: row.id, permissions: [] }, rights);
  const after = { name, description, permissions: rights };
  await recordAudit(tx, caller, {
    action: "rbac.createRole",
    targetType: "role",
    targetId: String(row.id),
    detail: { after },
  });
  return { roleId: row.id, ...after };
}
