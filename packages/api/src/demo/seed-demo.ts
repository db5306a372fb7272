import type { Tx } from "@scrapersky/db";
import { TENANTS } from "./people.ts";
import { resetAccess, type SeededAccess, seedStaff } from "./seed-data.ts";

export interface SeedResult {
  /** Slug of the tenant to look at first. */
  tenant: string;
  /** Sign-ins made by this run. */
  users: SeededAccess[];
}

export interface SeedOptions {
  /** New passwords and keys for the seeded staff. */
  resetAccess: boolean;
}

/** Writes what a first start needs. Safe to run again. */
export async function seedDemo(tx: Tx, options: SeedOptions): Promise<SeedResult> {
  const created = await seedStaff(tx);
  const users = created ?? (options.resetAccess ? await resetAccess(tx) : []);
  return { tenant: TENANTS[0].slug, users };
}
