import type { Tx } from "@scrapersky/db";
import { bulkActions, bulkChunks } from "@scrapersky/db/schema";
import { and, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { BULK_UNDO_SECONDS } from "./bulk.contract.ts";

/** Drops what stood on leads before bulk actions that cannot be undone any more. */
export async function forgetFormer(tx: Tx): Promise<void> {
  const over = tx
    .select({ id: bulkActions.id })
    .from(bulkActions)
    .where(lt(bulkActions.endedAt, sql`now() - make_interval(secs => ${BULK_UNDO_SECONDS}::int)`));
  await tx
    .update(bulkChunks)
    .set({ former: null })
    .where(and(isNotNull(bulkChunks.former), inArray(bulkChunks.bulkId, over)));
}
