import { noteDrift } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";

/** Keeps how schema and database differ now that this build has migrated it. */
export const compareMigrated = async (db: Db): Promise<void> => {
  await db.transaction(noteDrift);
};
