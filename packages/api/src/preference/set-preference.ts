import { expression, type Tx } from "@scrapersky/db";
import { preferences } from "@scrapersky/db/schema";
import { and, eq, ne, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { getPreference } from "./get-preference.ts";
import { type Preference, PREFERENCES_MAX, type PreferenceSet } from "./preference.contract.ts";

/**
 * Keeps how the caller wants something, in all of their tenants.
 * @throws DomainError FORBIDDEN for a program; INVALID_STATE beyond `PREFERENCES_MAX`
 */
export async function setPreference(
  tx: Tx,
  caller: Caller,
  { key, value }: PreferenceSet,
): Promise<Preference> {
  const personId = requirePerson(caller.actor);
  const { value: before } = await getPreference(tx, personId, key);
  await keepPreference(tx, personId, { key, value });
  await recordAudit(tx, caller, {
    action: "profiles.preferences.set",
    targetType: "profile",
    targetId: personId,
    detail: { key, before, after: value },
  });
  return { key, value };
}

/** The same as a part of another act, whose row in the audit log speaks of it. */
export async function keepPreference(
  tx: Tx,
  personId: string,
  { key, value }: PreferenceSet,
): Promise<void> {
  const own = eq(preferences.personId, personId);
  if (value === null) {
    await tx.delete(preferences).where(and(own, eq(preferences.key, key)));
  } else {
    const [others] = await tx
      .select({ kept: expression("int4")`count(*)::int` })
      .from(preferences)
      .where(and(own, ne(preferences.key, key)));
    if ((others?.kept ?? 0) >= PREFERENCES_MAX) {
      throw new DomainError(
        "INVALID_STATE",
        `At most ${PREFERENCES_MAX} wishes are kept a person.`,
      );
    }
    const updatedAt = sql`clock_timestamp()`;
    await tx
      .insert(preferences)
      .values({ personId, key, value, updatedAt })
      .onConflictDoUpdate({
        target: [preferences.personId, preferences.key],
        set: { value, updatedAt },
      });
  }
}
