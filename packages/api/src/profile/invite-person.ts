import type { Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { runOnce } from "../idempotency/run-once.ts";
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
 * Makes somebody a member of the caller's tenant, and a one-time link for whoever has no password yet. What is kept for the
 * idempotency key does not have the link.
 * @throws DomainError as `addPerson` does; CONFLICT `MEMBER` for a member, and from the idempotency key; FORBIDDEN `GRANTS_MORE`
 */
export async function invitePerson(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: InviteInput,
  webUrl: string,
): Promise<Invitation & { replayed: boolean }> {
  const { actor } = caller;
  let way: Pick<Invitation, "link" | "isOnlyHere"> = { link: null, isOnlyHere: false };
  const call = { route: "profiles.invite", key, request };
  const { profileId, role, replayed } = await runOnce(tx, actor, call, async () => {
    const given = await getRole(tx, request.role);
    await requireGrantable(tx, caller, given);
    const added = await addPerson(tx, caller, {
      email: request.email,
      role: given.name,
      name: request.name,
      tenant: { id: actor.tenantId, name: actor.tenantName },
    });
    if (added.how === "member") {
      throw new DomainError("CONFLICT", `${added.email} is a member already.`, {
        errorCode: "MEMBER",
      });
    }
    way = await linkFor(tx, await getPerson(tx, added.profileId), webUrl);
    return { profileId: added.profileId, role: given.name };
  });
  return { person: await getPerson(tx, profileId), role, ...way, replayed };
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
