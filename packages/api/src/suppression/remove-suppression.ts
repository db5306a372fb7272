import type { Tx } from "@scrapersky/db";
import { suppressions } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { hashOf } from "./add-suppressions.ts";

/**
 * Takes an entry off the list. What was removed for it stays away until a scan finds it again.
 * @throws DomainError NOT_FOUND
 */
export async function removeSuppression(
  tx: Tx,
  caller: Caller,
  suppressionIdText: string,
): Promise<{ removed: true }> {
  const suppressionId = requireUuid(suppressionIdText, "Suppression");
  const { tenantId } = caller.actor;
  await takeLock(tx, "suppressions", tenantId);
  const [row] = await tx
    .delete(suppressions)
    .where(and(eq(suppressions.id, suppressionId), eq(suppressions.tenantId, tenantId)))
    .returning({ entry: suppressions.entry });
  if (!row) throw notFound("Suppression");
  await recordAudit(tx, caller, {
    action: "suppressions.remove",
    targetType: "suppression",
    targetId: suppressionId,
    detail: { hash: hashOf(row.entry) },
  });
  return { removed: true };
}
