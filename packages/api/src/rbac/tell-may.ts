import type { Reader } from "@scrapersky/db";
import type { Actor } from "./actor.ts";
import { getEffectiveRights } from "./get-effective-rights.ts";
import type { MayAnswer } from "./rbac.contract.ts";

/**
 * Whether somebody may do one thing in the caller's tenant, and why or why not.
 * @throws DomainError as `getEffectiveRights` does
 */
export async function tellMay(
  reader: Reader,
  actor: Actor,
  { profileId, permission }: { profileId?: string | undefined; permission: string },
): Promise<MayAnswer> {
  const { rights, active } = await getEffectiveRights(reader, actor, profileId);
  const right = rights.find((one) => one.permission === permission);
  if (right === undefined) {
    return { allowed: false, why: `None of their roles here has ${permission}.` };
  }
  const roles = right.from.join(", ");
  return active
    ? { allowed: true, why: `By the role ${roles}.` }
    : { allowed: false, why: `The role ${roles} has it, but the person is disabled.` };
}
