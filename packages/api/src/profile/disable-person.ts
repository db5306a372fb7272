import type { Tx } from "@scrapersky/db";
import { profiles } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Author } from "../rbac/actor.ts";
import { requireOtherOwner } from "../rbac/require-owner.ts";
import { replaceSignInLinks } from "../sign-in-link/replace-sign-in-links.ts";
import { signOut } from "./sign-out.ts";

/**
 * Shuts a person out: signed out everywhere, no sign-in, no key, no link. Memberships stay.
 * @returns whether the person was active
 * @throws DomainError INVALID_STATE `LAST_OWNER`
 */
export async function disablePerson(tx: Tx, author: Author, personId: string): Promise<boolean> {
  await requireOtherOwner(tx, { personId });
  const changed = await setActive(tx, author, personId, false);
  if (!changed) return false;
  await signOut(tx, personId);
  await replaceSignInLinks(tx, personId);
  return true;
}

/**
 * Lets a person in again who was shut out.
 * @returns whether the person was shut out
 */
export const enablePerson = (tx: Tx, author: Author, personId: string): Promise<boolean> =>
  setActive(tx, author, personId, true);

async function setActive(
  tx: Tx,
  author: Author,
  personId: string,
  active: boolean,
): Promise<boolean> {
  const [changed] = await tx
    .update(profiles)
    .set({ active, updatedAt: sql`now()` })
    .where(and(eq(profiles.id, personId), sql`${profiles.active} is distinct from ${active}`))
    .returning({ id: profiles.id });
  if (!changed) return false;
  await recordAudit(tx, author, {
    action: active ? "profiles.enable" : "profiles.disable",
    targetType: "profile",
    targetId: personId,
  });
  return true;
}
