import type { Tx } from "@scrapersky/db";
import { bulkActions } from "@scrapersky/db/schema";
import { and, eq, isNull, sql } from "drizzle-orm";

/** Keeps that a chunk could not be done this time, and lets other bulk actions go first. */
export async function noteBulkFault(tx: Tx, id: string): Promise<void> {
  await tx
    .update(bulkActions)
    .set({ tries: sql`${bulkActions.tries} + 1`, touchedAt: sql`clock_timestamp()` })
    .where(and(eq(bulkActions.id, id), isNull(bulkActions.endedAt)));
}
