import type { Reader } from "@scrapersky/db";
import { sessions } from "@scrapersky/db/schema";
import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { OwnSession } from "./session.contract.ts";

/** Where a person is signed in, the newest first. Tokens are told to nobody. */
export async function listOwnSessions(
  reader: Reader,
  of: { personId: string; sessionId: string },
): Promise<OwnSession[]> {
  const rows = await reader
    .select({
      id: sessions.id,
      ipAddress: sessions.ipAddress,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, of.personId), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.createdAt), sessions.id);
  return rows.map(({ createdAt, expiresAt, ...row }) => ({
    ...row,
    current: row.id === of.sessionId,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}
