import type { Tx } from "@scrapersky/db";
import { signInLinks } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { signOut } from "../profile/sign-out.ts";
import { writePassword } from "../profile/write-password.ts";
import { hashOf } from "./create-sign-in-link.ts";
import { findSignInLink } from "./find-sign-in-link.ts";
import type { SignInLink } from "./sign-in-link.contract.ts";

/**
 * Uses a link up: its person gets this password and is signed out wherever signed in. Of several at once
 * one succeeds. Anything but the state `open` says why nothing was done.
 */
export async function useSignInLink(
  tx: Tx,
  call: { token: string; passwordHash: string; requestId: string },
): Promise<SignInLink> {
  const tokenHash = hashOf(call.token);
  const ofToken = eq(signInLinks.tokenHash, tokenHash);
  await tx.select({ id: signInLinks.id }).from(signInLinks).where(ofToken).for("update");
  const link = await findSignInLink(tx, call.token);
  if (link.state !== "open") return link;
  const [row] = await tx
    .update(signInLinks)
    .set({ usedAt: sql`now()` })
    .where(ofToken)
    .returning({ id: signInLinks.id, userId: signInLinks.userId });
  if (!row) throw new Error("a link that was locked is gone");
  await writePassword(tx, { personId: row.userId, hash: call.passwordHash });
  await signOut(tx, row.userId);
  await recordAudit(
    tx,
    { actor: null, personId: row.userId, requestId: call.requestId, source: "link" },
    {
      action: "signInLinks.use",
      targetType: "profile",
      targetId: row.userId,
      detail: { link: row.id },
    },
  );
  return link;
}
