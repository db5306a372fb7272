import type { Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { getRole } from "../rbac/get-role.ts";
import { requireGrantable } from "../rbac/require-not-above.ts";
import { makeSignInLink } from "../sign-in-link/create-sign-in-link.ts";
import { addPerson } from "./add-person.ts";
import { findPasswordHash } from "./find-password-hash.ts";
import { getPerson, type Person } from "./find-person.ts";
import type { InviteInput } from "./profile.contract.ts";

/** What an invitation made, before anybody is told. */
export interface Invitation {
  person: Person;
  role: string;
  /** Null for somebody who has a password already and signs in with that. */
  link: { link: string; expiresAt: Date } | null;
  /** Whether the link leads into the inviter's tenant alone, so that it may be shown there. */
  isOnlyHere: boolean;
}

/**
 * Makes somebody a member of the caller's tenant, and a one-time link for whoever has no password yet.
 * @throws DomainError as `addPerson` does; CONFLICT `MEMBER` for a member; FORBIDDEN `GRANTS_MORE`
 */
export async function invitePerson(
  tx: Tx,
  caller: Caller,
  input: InviteInput,
  webUrl: string,
): Promise<Invitation> {
  const { tenantId: id, tenantName: name } = caller.actor;
  const role = await getRole(tx, input.role);
  await requireGrantable(tx, caller, role);
  const added = await addPerson(tx, caller, {
    email: input.email,
    role: role.name,
    name: input.name,
    tenant: { id, name },
  });
  if (added.how === "member") {
    throw new DomainError("CONFLICT", `${added.email} is a member already.`, {
      errorCode: "MEMBER",
    });
  }
  const person = await getPerson(tx, added.profileId);
  return { person, role: role.name, ...(await linkFor(tx, person, webUrl)) };
}

/** A link for somebody without a password; one for somebody with a password would be a way into what is theirs. */
export async function linkFor(
  tx: Tx,
  person: Person,
  webUrl: string,
): Promise<Pick<Invitation, "link" | "isOnlyHere">> {
  const hasPassword = (await findPasswordHash(tx, person.id)) !== undefined;
  return {
    link: hasPassword ? null : await makeSignInLink(tx, person, webUrl),
    isOnlyHere: person.memberships === 1,
  };
}
