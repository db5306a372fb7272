import type { Tx } from "@scrapersky/db";
import { bulkActions } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { BULK_UNDO_SECONDS, type BulkAction } from "./bulk.contract.ts";
import { BULK } from "./bulk.state.ts";
import { getBulkAction } from "./get-bulk-action.ts";
import { holdBulkAction } from "./hold-bulk-action.ts";

/**
 * Begins to bring back what was there before a bulk action whose former values are kept, chunk by chunk. What somebody
 * changed since stays.
 * @throws DomainError NOT_FOUND; FORBIDDEN; INVALID_STATE for an act that cannot be undone, or not any more
 */
export async function undoBulk(tx: Tx, caller: Caller, id: string): Promise<BulkAction> {
  const who = contactReaderOf(caller.actor);
  const row = await holdBulkAction(tx, caller.actor, id);
  const { undoUntil } = await getBulkAction(tx, who, row.id);
  if (undoUntil === null) {
    const message = `Only a change of leads can be undone, within ${BULK_UNDO_SECONDS} s after its end.`;
    throw new DomainError("INVALID_STATE", message, { errorCode: "CANNOT_UNDO" });
  }
  await tx
    .update(bulkActions)
    .set({ status: BULK.reopens.undo.to, endedAt: null })
    .where(eq(bulkActions.id, row.id));
  await recordAudit(tx, caller, {
    action: "bulk.undo",
    targetType: "bulk",
    targetId: row.id,
    detail: { action: row.action, done: row.done },
  });
  return getBulkAction(tx, who, row.id);
}
