import { ensureRoles } from "@scrapersky/api";
import type { Db } from "@scrapersky/db";
import { TENANTS } from "./people.ts";
import { resetAccess, seedFeatures, type SeededAccess, seedStaff } from "./seed-data.ts";

export interface SeedResult {
  /** Slug of the tenant to look at first. */
  tenant: string;
  /** Sign-ins made by this run. */
  users: SeededAccess[];
}

/** Writes what a first start needs, in one transaction. Safe to run again. */
export async function seed(db: Db, options: { resetAccess: boolean }): Promise<SeedResult> {
  return db.transaction(async (tx) => {
    await ensureRoles(tx);
    await seedFeatures(tx);
    const created = await seedStaff(tx);
    const users = created ?? (options.resetAccess ? await resetAccess(tx) : []);
    return { tenant: TENANTS[0].slug, users };
  });
}
