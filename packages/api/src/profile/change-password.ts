import type { Tx } from "@scrapersky/db";
import { sessions } from "@scrapersky/db/schema";
import { and, eq, ne } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Outsider } from "../rbac/actor.ts";
import { replaceSignInLinks } from "../sign-in-link/replace-sign-in-links.ts";
import { writePassword } from "./write-password.ts";

/** Gives a person another password: signed out everywhere but where they changed it, and links end. */
export async function changePassword(
  tx: Tx,
  author: Outsider & { personId: string },
  { hash, sessionId }: { hash: string; sessionId: string },
): Promise<void> {
  const { personId } = author;
  await writePassword(tx, { personId, hash });
  await replaceSignInLinks(tx, personId);
  await tx.delete(sessions).where(and(eq(sessions.userId, personId), ne(sessions.id, sessionId)));
  await recordAudit(tx, author, {
    action: "passwords.change",
    targetType: "profile",
    targetId: personId,
  });
}
