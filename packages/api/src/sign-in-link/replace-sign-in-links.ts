import type { Tx } from "@scrapersky/db";
import { signInLinks } from "@scrapersky/db/schema";
import { and, eq, isNull, sql } from "drizzle-orm";

/** Ends the links of a person that nobody has used. */
export async function replaceSignInLinks(tx: Tx, personId: string): Promise<void> {
  await tx
    .update(signInLinks)
    .set({ replacedAt: sql`now()` })
    .where(
      and(
        eq(signInLinks.userId, personId),
        isNull(signInLinks.usedAt),
        isNull(signInLinks.replacedAt),
      ),
    );
}
