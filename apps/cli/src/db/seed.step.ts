import { seedDemo, type SeedResult } from "@scrapersky/api/demo";
import type { Db } from "@scrapersky/db";

/** The demo's tenants and staff, all or nothing. */
export const seed = (db: Db, options: { resetAccess: boolean }): Promise<SeedResult> =>
  db.transaction((tx) => seedDemo(tx, options));
