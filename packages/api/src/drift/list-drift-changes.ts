import type { Reader } from "@scrapersky/db";
import { driftChecks } from "@scrapersky/db/schema";
import { desc } from "drizzle-orm";
import { isoTime } from "../time.ts";
import { DRIFT_HISTORY_MAX, type DriftChange } from "./drift.contract.ts";

/** When schema and database began to differ in another way, newest first. */
export async function listDriftChanges(reader: Reader): Promise<DriftChange[]> {
  const rows = await reader
    .select()
    .from(driftChecks)
    .orderBy(desc(driftChecks.number))
    .limit(DRIFT_HISTORY_MAX);
  return rows.map((row, at) => {
    const now = namesIn(row.differences);
    const before = namesIn(rows[at + 1]?.differences);
    const { number, fingerprint, breaking, harmful, harmless } = row;
    return {
      number,
      fingerprint,
      counts: { breaking, harmful, harmless },
      firstAt: isoTime(row.firstAt),
      lastAt: isoTime(row.lastAt),
      came: now.filter((what) => !before.includes(what)),
      went: before.filter((what) => !now.includes(what)),
    };
  });
}

const namesIn = (differences: unknown): string[] =>
  ((differences ?? []) as { what: string }[]).map(({ what }) => what);
