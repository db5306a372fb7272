import type { Tx } from "@scrapersky/db";
import { sessions } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { isUuid } from "../identifier.ts";
import type { Outsider } from "../rbac/actor.ts";

/**
 * Signs a person out in one browser.
 * @returns whether there was such a session of theirs
 */
export async function endSession(
  tx: Tx,
  author: Outsider & { personId: string },
  sessionId: string,
): Promise<boolean> {
  if (!isUuid(sessionId)) return false;
  const [gone] = await tx
    .delete(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, author.personId)))
    .returning({ id: sessions.id });
  if (!gone) return false;
  await recordAudit(tx, author, {
    action: "sessions.end",
    targetType: "profile",
    targetId: author.personId,
    detail: { session: gone.id },
  });
  return true;
}
