import type { Tx } from "@scrapersky/db";
import { savedViews } from "@scrapersky/db/schema";
import { and, eq, or } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Actor } from "../rbac/actor.ts";
import { requirePermission } from "../rbac/require-permission.ts";

/**
 * A view that the caller may change: their own, and a shared one with the right to share.
 * @throws DomainError NOT_FOUND, also for what somebody else keeps alone; FORBIDDEN for a shared one without that right
 */
export async function getChangeableView(
  tx: Tx,
  actor: Actor,
  viewId: string,
): Promise<{ id: string; list: string; shared: boolean }> {
  const [row] = await tx
    .select({
      id: savedViews.id,
      list: savedViews.list,
      shared: savedViews.shared,
      ownerId: savedViews.ownerId,
    })
    .from(savedViews)
    .where(
      and(
        eq(savedViews.id, requireUuid(viewId, "View")),
        eq(savedViews.tenantId, actor.tenantId),
        or(eq(savedViews.ownerId, actor.id), eq(savedViews.shared, true)),
      ),
    );
  if (!row) throw notFound("View");
  if (row.ownerId !== actor.id) requirePermission(actor, "views:share");
  return row;
}
