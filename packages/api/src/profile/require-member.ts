import type { Tx } from "@scrapersky/db";
import { profiles, userTenants } from "@scrapersky/db/schema";
import { and, eq, ne } from "drizzle-orm";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Caller } from "../rbac/actor.ts";
import { requireNotAbove } from "../rbac/require-not-above.ts";

/**
 * Somebody of the caller's tenant whom the caller may change.
 * @returns the person's id
 * @throws DomainError NOT_FOUND for anybody else; FORBIDDEN `OUTRANKED` for somebody who may do more than the caller
 */
export async function requireMember(tx: Tx, caller: Caller, profileId: string): Promise<string> {
  const personId = requireUuid(profileId, "Profile");
  const { tenantId } = caller.actor;
  const [member] = await tx
    .select({ id: userTenants.userId })
    .from(userTenants)
    .where(and(eq(userTenants.userId, personId), eq(userTenants.tenantId, tenantId)));
  if (!member) throw notFound("Profile");
  await requireNotAbove(tx, caller, { personId, tenantId });
  return personId;
}

/**
 * Refuses what would reach into tenants that are not the caller's.
 * @throws DomainError INVALID_STATE `OTHER_TENANTS`
 */
export async function requireNoOtherTenant(
  tx: Tx,
  caller: Caller,
  personId: string,
): Promise<void> {
  // Whoever makes them a member elsewhere at this moment holds them too, and comes first or finds what was done here.
  await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.id, personId))
    .for("no key update");
  const [other] = await tx
    .select({ tenantId: userTenants.tenantId })
    .from(userTenants)
    .where(and(eq(userTenants.userId, personId), ne(userTenants.tenantId, caller.actor.tenantId)))
    .limit(1);
  if (!other) return;
  throw new DomainError(
    "INVALID_STATE",
    "This person works in other tenants too, which are not yours to close. Take them out of this one instead.",
    { errorCode: "OTHER_TENANTS" },
  );
}
