import type { Reader } from "@scrapersky/db";
import { profiles, userTenants } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Actor } from "./actor.ts";
import { findGrants } from "./find-grants.ts";
import type { EffectiveRights } from "./rbac.contract.ts";
import { requirePermission } from "./require-permission.ts";
import { requirePerson } from "./require-person.ts";

/**
 * What somebody may do in the caller's tenant, and why; a key may do less than its person.
 * @throws DomainError NOT_FOUND for nobody of the tenant; FORBIDDEN for others without `rbac:read`, and for a program's own
 */
export async function getEffectiveRights(
  reader: Reader,
  actor: Actor,
  profileId: string | undefined,
): Promise<EffectiveRights> {
  const personId =
    profileId === undefined ? requirePerson(actor) : requireUuid(profileId, "Profile");
  if (personId !== actor.id) requirePermission(actor, "rbac:read");
  const { tenantId } = actor;
  const [member] = await reader
    .select({ active: profiles.active })
    .from(userTenants)
    .innerJoin(profiles, eq(profiles.id, userTenants.userId))
    .where(and(eq(userTenants.userId, personId), eq(userTenants.tenantId, tenantId)));
  if (!member) throw notFound("Profile");
  const grants = await findGrants(reader, { personId, tenantId });
  const byRight = Map.groupBy(grants, ({ permission }) => permission);
  return {
    profileId: personId,
    active: member.active ?? false,
    rights: [...byRight]
      .map(([permission, given]) => ({ permission, from: given.map(({ from }) => from) }))
      .toSorted((one, two) => (one.permission < two.permission ? -1 : 1)),
  };
}
