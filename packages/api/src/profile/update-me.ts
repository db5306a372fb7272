import type { Tx } from "@scrapersky/db";
import { profiles, users } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { readName } from "./read-name.ts";

/**
 * Changes how the caller is called.
 * @throws DomainError INVALID_INPUT; FORBIDDEN for a program
 */
export async function updateMe(
  tx: Tx,
  caller: Caller,
  patch: { name: string },
): Promise<{ name: string | null }> {
  const personId = requirePerson(caller.actor);
  const name = readName(patch.name);
  const updatedAt = sql`now()`;
  await tx.update(profiles).set({ name, updatedAt }).where(eq(profiles.id, personId));
  if (name !== null) await tx.update(users).set({ name }).where(eq(users.id, personId));
  await recordAudit(tx, caller, {
    action: "profiles.updateMe",
    targetType: "profile",
    targetId: personId,
    detail: { before: { name: caller.actor.name }, after: { name } },
  });
  return { name };
}
