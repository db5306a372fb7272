import type { Reader } from "@scrapersky/db";
import { profiles, tenants, userTenants } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";

/** Whether a session would lead anywhere: the person is active, and a member of a tenant that is. */
export async function maySignIn(reader: Reader, profileId: string): Promise<boolean> {
  const found = await reader
    .select({ id: profiles.id })
    .from(profiles)
    .innerJoin(userTenants, eq(userTenants.userId, profiles.id))
    .innerJoin(tenants, and(eq(tenants.id, userTenants.tenantId), tenants.isActive))
    .where(and(eq(profiles.id, profileId), profiles.active))
    .limit(1);
  return found.length > 0;
}
