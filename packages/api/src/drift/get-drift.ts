import type { Tx } from "@scrapersky/db";
import { getDriftReport } from "@scrapersky/db/drift";
import { driftIgnored, profiles } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { isoTime } from "../time.ts";
import type { Drift } from "./drift.contract.ts";
import { fingerprintOf, keyOf } from "./drift-keys.ts";

/** Compares schema and database, as the command does, but for rows in the way of what mends, whose count reads whole tables. */
export async function getDrift(tx: Tx): Promise<Drift> {
  const report = await getDriftReport(tx, undefined, { countRows: false });
  const rows = await tx
    .select({
      key: driftIgnored.key,
      reason: driftIgnored.reason,
      by: profiles.name,
      at: driftIgnored.ignoredAt,
    })
    .from(driftIgnored)
    .leftJoin(profiles, eq(profiles.id, driftIgnored.personId));
  const ignored = new Map(rows.map(({ key, at, ...row }) => [key, { ...row, at: isoTime(at) }]));
  const differences = report.differences.map((difference) => {
    const { severity, what, sentence, mend } = difference;
    const key = keyOf(difference);
    return { key, severity, what, sentence, mend, ignored: ignored.get(key) ?? null };
  });
  const count = (severity: keyof Drift["counts"]) =>
    differences.filter((one) => one.ignored === null && one.severity === severity).length;
  return {
    fingerprint: fingerprintOf(report),
    differences,
    counts: { breaking: count("breaking"), harmful: count("harmful"), harmless: count("harmless") },
    tables: report.tables,
    unknownTables: report.unknownTables,
  };
}
