import type { Tx } from "@scrapersky/db";
import { roleGrants } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { requireMember } from "../profile/require-member.ts";
import type { Caller } from "./actor.ts";
import { getRole } from "./get-role.ts";
import { LENT_DAYS_MAX, type RoleLend } from "./rbac.contract.ts";
import { requirePermission } from "./require-permission.ts";
import { requireGrantable } from "./require-not-above.ts";

const DAY_MS = 86_400_000;

/**
 * Gives somebody of the caller's tenant a role besides the one held for good, until a moment. One that is lent already ends then.
 * @throws DomainError NOT_FOUND; INVALID_INPUT for a moment that is over, or more than `LENT_DAYS_MAX` away; FORBIDDEN
 *   `GRANTS_MORE`, `LENT_RIGHT`, `OUTRANKED`, or for an owner `NEEDS_tenants:transfer`
 */
export async function lendRole(
  tx: Tx,
  caller: Caller,
  { profileId, role: word, until }: RoleLend,
): Promise<{ profileId: string; role: string; until: string }> {
  const { actor } = caller;
  const personId = await requireMember(tx, caller, profileId);
  const role = await getRole(tx, word);
  const end = readEnd(until);
  await requireGrantable(tx, caller, role, end);
  if (role.name === "owner") requirePermission(actor, "tenants:transfer");
  const endsAt = end.toISOString();
  await tx
    .insert(roleGrants)
    .values({ tenantId: actor.tenantId, profileId: personId, roleId: role.id, endsAt })
    .onConflictDoUpdate({
      target: [roleGrants.profileId, roleGrants.tenantId, roleGrants.roleId],
      set: { endsAt },
    });
  await recordAudit(tx, caller, {
    action: "rbac.lend",
    targetType: "profile",
    targetId: personId,
    detail: { role: role.name, until: endsAt },
  });
  return { profileId: personId, role: role.name, until: endsAt };
}

/**
 * Ends a role that was lent, at once.
 * @returns whether it was
 * @throws DomainError NOT_FOUND; FORBIDDEN `OUTRANKED`
 */
export async function takeRoleBack(
  tx: Tx,
  caller: Caller,
  { profileId, role: word }: { profileId: string; role: string },
): Promise<{ profileId: string; role: string; changed: boolean }> {
  const personId = await requireMember(tx, caller, profileId);
  const role = await getRole(tx, word);
  const gone = await tx
    .delete(roleGrants)
    .where(
      and(
        eq(roleGrants.profileId, personId),
        eq(roleGrants.tenantId, caller.actor.tenantId),
        eq(roleGrants.roleId, role.id),
      ),
    )
    .returning({ endsAt: roleGrants.endsAt });
  await recordAudit(tx, caller, {
    action: "rbac.takeBack",
    targetType: "profile",
    targetId: personId,
    detail: { role: role.name, before: { until: gone[0]?.endsAt ?? null } },
  });
  return { profileId: personId, role: role.name, changed: gone.length > 0 };
}

function readEnd(text: string): Date {
  const end = new Date(text);
  const ms = end.getTime() - Date.now();
  if (ms > 0 && ms <= LENT_DAYS_MAX * DAY_MS) return end;
  throw new DomainError(
    "INVALID_INPUT",
    `A role is lent until a moment within the next ${LENT_DAYS_MAX} days.`,
    { fieldErrors: { until: ms > 0 ? "is too far away" : "lies in the past" } },
  );
}
