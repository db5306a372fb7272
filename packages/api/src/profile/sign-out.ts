import type { Tx } from "@scrapersky/db";
import { sessions } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";

/** Ends every session of a person. */
export async function signOut(tx: Tx, personId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, personId));
}
