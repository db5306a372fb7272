import type { Reader } from "@scrapersky/db";
import { purges } from "@scrapersky/db/schema";
import { asc, isNull } from "drizzle-orm";

/** The oldest purge that has not ended. */
export async function findOpenPurge(reader: Reader): Promise<string | undefined> {
  const [row] = await reader
    .select({ id: purges.id })
    .from(purges)
    .where(isNull(purges.endedAt))
    .orderBy(asc(purges.createdAt), asc(purges.id))
    .limit(1);
  return row?.id;
}
