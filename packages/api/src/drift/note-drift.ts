import type { Tx } from "@scrapersky/db";
import { type DriftReport, getDriftReport } from "@scrapersky/db/drift";
import { driftChecks } from "@scrapersky/db/schema";
import { desc, eq, lte, sql } from "drizzle-orm";
import { takeLock } from "../lock/take-lock.ts";
import { DRIFT_HISTORY_MAX } from "./drift.contract.ts";
import { fingerprintOf } from "./drift-keys.ts";

/** Between two comparisons of workers: less than a night, so that none is left out. */
const NIGHT = "20 hours";

/** Compares schema and database, and keeps what was found where it is something else than the last time. */
export async function noteDrift(tx: Tx): Promise<DriftReport> {
  const report = await getDriftReport(tx, undefined, { countRows: false });
  const fingerprint = fingerprintOf(report);
  await takeLock(tx, "drift");
  const [last] = await tx
    .select({ number: driftChecks.number, fingerprint: driftChecks.fingerprint })
    .from(driftChecks)
    .orderBy(desc(driftChecks.number))
    .limit(1);
  if (last?.fingerprint === fingerprint) {
    await tx
      .update(driftChecks)
      .set({ lastAt: sql`clock_timestamp()` })
      .where(eq(driftChecks.number, last.number));
    return report;
  }
  const differences = report.differences.map(({ severity, what }) => ({ severity, what }));
  const [row] = await tx
    .insert(driftChecks)
    .values({ fingerprint, differences, ...report.counts })
    .returning({ number: driftChecks.number });
  await tx
    .delete(driftChecks)
    .where(lte(driftChecks.number, (row?.number ?? 0) - DRIFT_HISTORY_MAX));
  return report;
}

/** The same, unless somebody has looked within the night. @returns whether it was looked */
export async function noteDriftNightly(tx: Tx): Promise<boolean> {
  await takeLock(tx, "drift");
  const [recent] = await tx
    .select({ number: driftChecks.number })
    .from(driftChecks)
    .where(sql`${driftChecks.lastAt} > now() - ${NIGHT}::interval`)
    .limit(1);
  if (recent !== undefined) return false;
  await noteDrift(tx);
  return true;
}
