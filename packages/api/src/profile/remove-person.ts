import type { Tx } from "@scrapersky/db";
import { apiKeys, roleGrants, userRoles, userTenants } from "@scrapersky/db/schema";
import { and, eq, isNull, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { requireOtherOwner } from "../rbac/require-owner.ts";
import { moveHome } from "./move-home.ts";
import { requireMember } from "./require-member.ts";

/**
 * Takes somebody out of the caller's tenant: no role there, and no key. What they did stays, and so do they in other tenants,
 * one of which is their home then.
 * @throws DomainError INVALID_STATE `LAST_OWNER`; FORBIDDEN `OUTRANKED`; NOT_FOUND
 */
export async function removePerson(
  tx: Tx,
  caller: Caller,
  profileId: string,
): Promise<{ profileId: string }> {
  const personId = await requireMember(tx, caller, profileId);
  const { tenantId } = caller.actor;
  await requireOtherOwner(tx, { personId, tenantId });
  await tx
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.profileId, personId),
        eq(apiKeys.tenantId, tenantId),
        isNull(apiKeys.revokedAt),
      ),
    );
  await tx
    .delete(userRoles)
    .where(and(eq(userRoles.userId, personId), eq(userRoles.tenantId, tenantId)));
  await tx
    .delete(roleGrants)
    .where(and(eq(roleGrants.profileId, personId), eq(roleGrants.tenantId, tenantId)));
  await tx
    .delete(userTenants)
    .where(and(eq(userTenants.userId, personId), eq(userTenants.tenantId, tenantId)));
  await moveHome(tx, { tenantId, personId });
  await recordAudit(tx, caller, {
    action: "profiles.remove",
    targetType: "profile",
    targetId: personId,
  });
  return { profileId: personId };
}
