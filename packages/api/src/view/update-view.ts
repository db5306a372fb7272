import type { Tx } from "@scrapersky/db";
import { profiles, savedViews } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import { getChangeableView } from "./get-changeable-view.ts";
import type { SavedView, ViewUpdate } from "./view.contract.ts";
import { toView, VIEW_COLUMNS } from "./view-row.ts";

/**
 * Changes a view that is the caller's or shared: its name, what it asks, who sees it. Its slug stays, links to it hold.
 * @throws DomainError NOT_FOUND; FORBIDDEN to share without the right; CONFLICT when it was changed meanwhile
 */
export async function updateView(
  tx: Tx,
  caller: Caller,
  { viewId, expectedUpdatedAt, patch }: ViewUpdate,
): Promise<SavedView> {
  const { actor } = caller;
  const { id, shared } = await getChangeableView(tx, actor, viewId);
  if (patch.shared === true) requirePermission(actor, "views:share");
  const [row] = await tx
    .update(savedViews)
    .set({ ...patch, updatedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(savedViews.id, id),
        sql`${savedViews.updatedAt} is not distinct from ${expectedUpdatedAt}::timestamptz`,
      ),
    )
    .returning(VIEW_COLUMNS);
  if (!row) {
    throw new DomainError("CONFLICT", "This view was changed meanwhile. Read it again.", {
      errorCode: "STALE",
    });
  }
  await recordAudit(tx, caller, {
    action: "views.update",
    targetType: "view",
    targetId: id,
    detail: {
      changed: Object.keys(patch),
      ...(patch.shared === undefined
        ? {}
        : { before: { shared }, after: { shared: patch.shared } }),
    },
  });
  const [owner] = await tx
    .select({ by: profiles.name })
    .from(profiles)
    .where(eq(profiles.id, row.ownerId));
  return toView({ ...row, by: owner?.by ?? null }, actor.id);
}
