import type { Reader } from "@scrapersky/db";
import { driftChecks } from "@scrapersky/db/schema";
import { desc } from "drizzle-orm";
import type { SchemaCheck } from "../health/health.contract.ts";
import { isoTime } from "../time.ts";

/** What the last comparison found; null where none was made. */
export async function findLastCheck(reader: Reader): Promise<SchemaCheck | null> {
  const [last] = await reader
    .select({ fingerprint: driftChecks.fingerprint, at: driftChecks.lastAt })
    .from(driftChecks)
    .orderBy(desc(driftChecks.number))
    .limit(1);
  return last ? { fingerprint: last.fingerprint, checkedAt: isoTime(last.at) } : null;
}
