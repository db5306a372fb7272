import type { Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { disablePerson, enablePerson } from "./disable-person.ts";
import { requireMember, requireNoOtherTenant } from "./require-member.ts";

/**
 * Shuts somebody of the caller's tenant out, or lets them in again.
 * @returns whether that changed anything
 * @throws DomainError INVALID_STATE `SELF`, `OTHER_TENANTS`, `LAST_OWNER`; FORBIDDEN `OUTRANKED`; NOT_FOUND
 */
export async function switchPerson(
  tx: Tx,
  caller: Caller,
  { profileId, active }: { profileId: string; active: boolean },
): Promise<{ profileId: string; active: boolean; changed: boolean }> {
  const personId = await requireMember(tx, caller, profileId);
  if (personId === caller.actor.id) {
    throw new DomainError("INVALID_STATE", "Nobody shuts themselves out. Ask somebody else.", {
      errorCode: "SELF",
    });
  }
  await requireNoOtherTenant(tx, caller, personId);
  const change = active ? enablePerson : disablePerson;
  return { profileId: personId, active, changed: await change(tx, caller, personId) };
}
