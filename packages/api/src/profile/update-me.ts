import type { Tx } from "@scrapersky/db";
import { profiles, users } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { getOwnZone, ZONE_KEY } from "../preference/own-zone.ts";
import { keepPreference } from "../preference/set-preference.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { isTimeZone } from "../time-zone.ts";
import type { MeUpdate } from "./profile.contract.ts";
import { readName } from "./read-name.ts";

/**
 * Changes how the caller is called, and in which time zone times are told to them.
 * @throws DomainError INVALID_INPUT; FORBIDDEN for a program
 */
export async function updateMe(
  tx: Tx,
  caller: Caller,
  patch: MeUpdate,
): Promise<{ name: string | null; timeZone: string | null }> {
  const personId = requirePerson(caller.actor);
  const before = { name: caller.actor.name, timeZone: await getOwnZone(tx, personId) };
  const after = {
    name: patch.name === undefined ? before.name : await keepName(tx, personId, patch.name),
    timeZone:
      patch.timeZone === undefined ? before.timeZone : await keepZone(tx, personId, patch.timeZone),
  };
  await recordAudit(tx, caller, {
    action: "profiles.updateMe",
    targetType: "profile",
    targetId: personId,
    detail: { before, after },
  });
  return after;
}

async function keepName(tx: Tx, personId: string, text: string): Promise<string | null> {
  const name = readName(text);
  const updatedAt = sql`now()`;
  await tx.update(profiles).set({ name, updatedAt }).where(eq(profiles.id, personId));
  if (name !== null) await tx.update(users).set({ name }).where(eq(users.id, personId));
  return name;
}

async function keepZone(tx: Tx, personId: string, zone: string | null): Promise<string | null> {
  if (zone !== null && !isTimeZone(zone)) {
    throw new DomainError("INVALID_INPUT", `There is no time zone "${zone}".`, {
      fieldErrors: { timeZone: "is no time zone" },
    });
  }
  await keepPreference(tx, personId, { key: ZONE_KEY, value: zone === null ? null : [zone] });
  return zone;
}
