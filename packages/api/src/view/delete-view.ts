import type { Tx } from "@scrapersky/db";
import { savedViews } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { getChangeableView } from "./get-changeable-view.ts";

/**
 * Deletes a view that is the caller's or shared.
 * @throws DomainError NOT_FOUND
 */
export async function deleteView(
  tx: Tx,
  caller: Caller,
  viewId: string,
): Promise<{ deleted: true }> {
  const { id, list } = await getChangeableView(tx, caller.actor, viewId);
  await tx.delete(savedViews).where(eq(savedViews.id, id));
  await recordAudit(tx, caller, {
    action: "views.delete",
    targetType: "view",
    targetId: id,
    detail: { list },
  });
  return { deleted: true };
}
