import { DriftError } from "../drift/boot.ts";
import { describeRealTables } from "../drift/declared.ts";
import { describeDrift } from "../drift/describe-drift.ts";
import { getDriftReport } from "../drift/find-drift.ts";
import { executeRawSql } from "../session/raw-sql.ts";
import type { Db, Tx } from "../session/types.ts";

/**
 * Compares the real tables of a database, where it has them, with what the first migration makes.
 * Reads only. Drift that breaks nothing is told line by line.
 *
 * @param mustExist whether the first migration ran or was recorded already
 * @returns whether the database has the real tables
 * @throws DriftError when what is there would break the product; Error when some tables are absent
 */
export function verifyRealTables(
  db: Db,
  { mustExist, log }: { mustExist: boolean; log: (line: string) => void },
): Promise<boolean> {
  return db.transaction(
    async (tx) => {
      const declared = describeRealTables();
      const wanted = declared.tables.map(({ table }) => table).sort();
      const found = await findTables(tx, wanted);
      if (found.size === 0 && !mustExist) return false;
      const missing = wanted.filter((name) => !found.has(name));
      if (missing.length > 0) {
        throw new Error(
          `the database has some of the real tables but not all; missing: ${missing.join(", ")}. ` +
            "Nothing was touched. Restore them, or start from an empty database.",
        );
      }
      const report = { ...(await getDriftReport(tx, declared)), unknownTables: [] };
      if (report.counts.breaking > 0) {
        throw new DriftError(
          report,
          "The real tables of this database are not what the first migration makes, " +
            `so nothing was touched.\n\n${describeDrift(report)}`,
        );
      }
      log(`the real tables are there: ${report.tables} verified`);
      for (const { severity, sentence } of report.differences) log(`${severity}: ${sentence}`);
      return true;
    },
    { readOnly: true },
  );
}

async function findTables(tx: Tx, wanted: string[]): Promise<Set<string>> {
  const rows = await executeRawSql<{ name: string }>(
    tx,
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and relname = any(:wanted::text[])`,
    { wanted },
  );
  return new Set(rows.map(({ name }) => name));
}
