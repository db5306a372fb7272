import type { Reader } from "@scrapersky/db";
import { profiles } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Profile } from "./profile.contract.ts";
import { isOfTenant, profileColumns, toProfile } from "./profile-row.ts";

/** @throws DomainError NOT_FOUND when the person is unknown or of another tenant */
export async function getProfile(
  reader: Reader,
  tenantId: string,
  profileIdText: string,
): Promise<Profile> {
  const profileId = requireUuid(profileIdText, "Profile");
  const [row] = await reader
    .select(profileColumns(tenantId))
    .from(profiles)
    .where(and(isOfTenant(tenantId), eq(profiles.id, profileId)));
  if (!row) throw notFound("Profile");
  return toProfile(row);
}
