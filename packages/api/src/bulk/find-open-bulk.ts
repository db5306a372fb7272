import type { Reader } from "@scrapersky/db";
import { bulkActions } from "@scrapersky/db/schema";
import { asc, isNull } from "drizzle-orm";

/** The bulk action that waits for its next chunk the longest: several take turns. */
export async function findOpenBulk(reader: Reader): Promise<string | undefined> {
  const [row] = await reader
    .select({ id: bulkActions.id })
    .from(bulkActions)
    .where(isNull(bulkActions.endedAt))
    .orderBy(asc(bulkActions.touchedAt), asc(bulkActions.id))
    .limit(1);
  return row?.id;
}
