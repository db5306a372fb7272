import type { Tx } from "@scrapersky/db";
import { suppressions } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { hashOf } from "./hash-of.ts";
import { insertPurge } from "./insert-purge.ts";
import { insertSuppressions } from "./insert-suppressions.ts";
import { readErasable } from "./read-erasable.ts";
import { removeNamed } from "./remove-named.ts";
import type { Erase, Purge } from "./suppression.contract.ts";

/**
 * Puts an address or a domain on the list and begins its removal from wherever the tenant holds it. One that stood on the
 * list is erased as well.
 * @throws DomainError INVALID_INPUT for what is neither, and when the list would be too long
 */
export async function beginErasure(
  tx: Tx,
  caller: Caller,
  { subject, reason }: Erase,
): Promise<Purge> {
  const entry = readErasable(subject);
  await takeLock(tx, "suppressions", caller.actor.tenantId);
  const purge = await insertPurge(tx, caller, "everywhere");
  const again = await tx
    .update(suppressions)
    .set({ purgeId: purge.purgeId })
    .where(
      and(eq(suppressions.tenantId, caller.actor.tenantId), eq(suppressions.entry, entry.entry)),
    )
    .returning({ id: suppressions.id });
  if (again.length === 0) await insertSuppressions(tx, caller, [entry], { reason, purge });
  await recordAudit(tx, caller, {
    action: "suppressions.erase",
    targetType: "purge",
    targetId: purge.purgeId,
    detail: { kind: entry.kind, hash: hashOf(entry.entry) },
  });
  return removeNamed(tx, caller.actor.tenantId, [entry], purge);
}
