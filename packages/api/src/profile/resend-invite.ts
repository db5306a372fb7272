import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { getPerson } from "./find-person.ts";
import { type Invitation, linkFor } from "./invite-person.ts";
import { requireMember } from "./require-member.ts";

/**
 * Makes another link for somebody who was invited and has not come yet; older ones stop working.
 * @throws DomainError INVALID_STATE `HAS_PASSWORD` for somebody who has
 */
export async function resendInvite(
  tx: Tx,
  caller: Caller,
  profileId: string,
  webUrl: string,
): Promise<Omit<Invitation, "role">> {
  const person = await getPerson(tx, await requireMember(tx, caller, profileId));
  const made = await linkFor(tx, person, webUrl);
  if (made.link === null) {
    throw new DomainError(
      "INVALID_STATE",
      "This person has a password and signs in with it. For another one they ask on the sign-in page.",
      { errorCode: "HAS_PASSWORD" },
    );
  }
  await recordAudit(tx, caller, {
    action: "profiles.resendInvite",
    targetType: "profile",
    targetId: person.id,
    detail: { email: person.email },
  });
  return { person, ...made };
}
