import type { Tx } from "@scrapersky/db";
import { TENANTS } from "./people.ts";
import { hasTenants, resetAccess, type SeededAccess, seedStaff } from "./seed-data.ts";

export interface SeedResult {
  /** Slug of the tenant to look at first. */
  tenant: string;
  /** Sign-ins made by this run. */
  users: SeededAccess[];
}

export interface SeedOptions {
  /** New passwords and keys for the seeded staff. */
  resetAccess: boolean;
  /** Nobody where there is a tenant: such a database belongs to somebody. */
  onlyEmpty?: boolean;
}

/** Writes what a first start needs. Safe to run again. */
export async function seedDemo(tx: Tx, options: SeedOptions): Promise<SeedResult> {
  const wanted = !options.onlyEmpty || !(await hasTenants(tx));
  const created = wanted ? await seedStaff(tx) : undefined;
  const users = created ?? (options.resetAccess ? await resetAccess(tx) : []);
  return { tenant: TENANTS[0].slug, users };
}
