import { insertMissingAccounts } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import { type BackupFacts, readBackup, type Totals, writeBackup } from "@scrapersky/db/backup";

/** What one moment of the database sees. */
export const copyRows = (
  db: Db,
  facts: BackupFacts,
  write: (piece: Buffer | string) => Promise<void>,
): Promise<{ totals: Totals; leftOut: string[] }> =>
  db.transaction((tx) => writeBackup(tx, facts, write), {
    isolation: "repeatable read",
    readOnly: true,
  });

/** All rows of a backup in the place of those that are there, or nothing. Profiles refer to accounts where Supabase keeps those. */
export const bringBackRows = (db: Db, lines: AsyncIterator<string>): Promise<Totals> =>
  db.transaction((tx) =>
    readBackup(tx, lines, async (table) => {
      if (table === '"public"."profiles"') await insertMissingAccounts(tx);
    }),
  );
