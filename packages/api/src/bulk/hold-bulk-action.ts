import type { Tx } from "@scrapersky/db";
import { bulkActions } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Actor } from "../rbac/actor.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import type { BulkActionName } from "./bulk-list.contract.ts";
import { BULK_ACTS } from "./bulk.contract.ts";
import type { BulkActionRow } from "./end-bulk.ts";

/**
 * Waits until nobody is at a bulk action of the actor's tenant, and holds it.
 * @throws DomainError NOT_FOUND; FORBIDDEN for who may not do what it does
 */
export async function holdBulkAction(tx: Tx, actor: Actor, idText: string): Promise<BulkActionRow> {
  const id = requireUuid(idText, "Bulk action");
  const [row] = await tx
    .select()
    .from(bulkActions)
    .where(and(eq(bulkActions.id, id), eq(bulkActions.tenantId, actor.tenantId)))
    .for("no key update");
  if (!row) throw notFound("Bulk action");
  requirePermission(actor, BULK_ACTS[row.action as BulkActionName].permission);
  return row;
}
