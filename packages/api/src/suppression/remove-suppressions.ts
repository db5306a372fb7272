import type { Tx } from "@scrapersky/db";
import { suppressions } from "@scrapersky/db/schema";
import { and, eq, inArray } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { hashOf } from "./hash-of.ts";
import { readEntry } from "./read-entry.ts";
import type { SuppressionsRemove, SuppressionsRemoved } from "./suppression.contract.ts";

/** Takes entries off the list, those that stand on it. What was removed for them stays away until a scan finds it again. */
export async function removeSuppressions(
  tx: Tx,
  caller: Caller,
  { entries }: SuppressionsRemove,
): Promise<SuppressionsRemoved> {
  const { tenantId } = caller.actor;
  const named = entries.flatMap((text) => {
    const read = readEntry(text);
    return "entry" in read ? [read.entry] : [];
  });
  await takeLock(tx, "suppressions", tenantId);
  const rows = await tx
    .delete(suppressions)
    .where(and(eq(suppressions.tenantId, tenantId), inArray(suppressions.entry, named)))
    .returning({ entry: suppressions.entry });
  await recordAudit(tx, caller, {
    action: "suppressions.remove",
    targetType: "suppressions",
    targetId: tenantId,
    detail: { removed: rows.length, hashes: rows.map(({ entry }) => hashOf(entry)) },
  });
  if (caller.actor.permissions.has("contacts:read")) return { removed: rows.length };
  const isAddress = (entry: string): boolean => entry.includes("@");
  const untold = new Set(named.filter(isAddress)).size;
  return { removed: untold + rows.filter(({ entry }) => !isAddress(entry)).length };
}
