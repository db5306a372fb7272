import { keepPassword } from "@scrapersky/api";
import type { Db } from "@scrapersky/db";

/** Keeps a password that was right elsewhere, with its row in the audit log. */
export const keep = (db: Db, person: Parameters<typeof keepPassword>[1]): Promise<void> =>
  db.transaction((tx) => keepPassword(tx, person));
