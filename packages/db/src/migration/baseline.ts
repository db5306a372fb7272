import { DriftError } from "../drift/boot.ts";
import { describeDeclared, describeRealTables } from "../drift/declared.ts";
import { describeDrift } from "../drift/describe-drift.ts";
import { getDriftReport } from "../drift/find-drift.ts";
import { executeRawSql } from "../session/scope/raw-sql.ts";
import type { Db, Tx } from "../session/types.ts";

interface Options {
  /** Whether the first migration ran or was recorded already. */
  mustExist: boolean;
  /** Whether the migration that makes the view ran already. */
  viewMustExist: boolean;
  log: (line: string) => void;
}

/**
 * Compares the real tables of a database, where it has them, with what the first migration makes, and
 * looks whether something else stands where a later one puts a view. Reads only. Drift that breaks
 * nothing is told line by line.
 *
 * @returns whether the database has the real tables
 * @throws DriftError when what is there would break the product; Error when some tables are absent
 */
export function verifyRealTables(
  db: Db,
  { mustExist, viewMustExist, log }: Options,
): Promise<boolean> {
  return db.transaction(
    async (tx) => {
      const declared = describeRealTables();
      const wanted = declared.tables.map(({ table }) => table).sort();
      const named = await findNames(tx, [...wanted, ...declared.views.map(({ view }) => view)]);
      const views = declared.views.filter(({ view }) => viewMustExist || named.has(view));
      const found = wanted.filter((name) => named.get(name) === "table");
      const isEmpty = found.length === 0 && !mustExist;
      const missing = wanted.filter((name) => !found.includes(name));
      if (missing.length > 0 && !isEmpty) {
        throw new Error(
          `the database has some of the real tables but not all; missing: ${missing.join(", ")}. ` +
            "Nothing was touched. Restore them, or let `npm run db -- adopt` make them.",
        );
      }
      const expected = isEmpty ? { ...describeDeclared({}), views } : { ...declared, views };
      const report = { ...(await getDriftReport(tx, expected)), unknownTables: [] };
      if (report.counts.breaking > 0) {
        throw new DriftError(
          report,
          "The real tables of this database are not what the migrations make, " +
            `so nothing was touched.\n\n${describeDrift(report)}`,
        );
      }
      if (isEmpty) return false;
      log(`the real tables are there: ${report.tables} verified`);
      for (const { severity, sentence } of report.differences) log(`${severity}: ${sentence}`);
      return true;
    },
    { readOnly: true },
  );
}

/** What stands under some names in schema public: a table, or anything else that takes a name. */
async function findNames(tx: Tx, wanted: string[]): Promise<Map<string, "table" | "other">> {
  const rows = await executeRawSql<{ name: string; kind: "table" | "other" }>(
    tx,
    `select relname as name, case when relkind in ('r', 'p') then 'table' else 'other' end as kind
     from pg_class
     where relnamespace = 'public'::regnamespace and relname = any(:wanted::text[])`,
    { wanted },
  );
  return new Map(rows.map(({ name, kind }) => [name, kind]));
}
