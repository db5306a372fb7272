import type { Tx } from "@scrapersky/db";
import { requireMember } from "../profile/require-member.ts";
import type { Caller } from "./actor.ts";
import { assignRole } from "./assign-role.ts";
import { getRole } from "./get-role.ts";
import { requirePermission } from "./require-permission.ts";
import { requireGrantable } from "./require-not-above.ts";

/**
 * Gives somebody of the caller's tenant another role there.
 * @throws DomainError NOT_FOUND; FORBIDDEN `GRANTS_MORE`, `OUTRANKED`, or for a new owner `NEEDS_tenants:transfer`; INVALID_STATE `LAST_OWNER`
 */
export async function changeRole(
  tx: Tx,
  caller: Caller,
  input: { profileId: string; role: string },
): Promise<{ profileId: string; role: string; changed: boolean }> {
  const { actor } = caller;
  const { tenantId: id, tenantName: name } = actor;
  const personId = await requireMember(tx, caller, input.profileId);
  const role = await getRole(tx, input.role);
  await requireGrantable(tx, caller, role);
  if (role.name === "owner") requirePermission(actor, "tenants:transfer");
  const of = { personId, tenant: { id, name }, role: role.name };
  return { profileId: personId, ...(await assignRole(tx, caller, of)) };
}
