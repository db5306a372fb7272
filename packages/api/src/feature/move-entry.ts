import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { sidebarFeatures } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Actor, Caller } from "../rbac/actor.ts";
import type { EntryMove, FeatureEntry } from "./feature-change.contract.ts";
import { getEntry, requireOwn } from "./get-entry.ts";

const above = defineStatement(
  `with recursive above as (
     select id, parent_id from sidebar_features where id = :parentId::uuid
     union
     select s.id, s.parent_id from sidebar_features s join above a on s.id = a.parent_id
   )
   select exists (select from above where id = :entryId::uuid) as found`,
  { found: "bool" },
);

/**
 * Puts an entry below another one, or to the top, and in an order there. Those below it come along.
 * @throws DomainError NOT_FOUND; FORBIDDEN for one of all tenants; CONFLICT `MOVE_CYCLE` below itself
 */
export async function moveEntry(
  tx: Tx,
  caller: Caller,
  { entryId, parentId, order }: EntryMove,
): Promise<{ entryId: string; parentId: string | null; order: number | null }> {
  // Two at once would put two entries below each other.
  await takeLock(tx, "features");
  const entry = await getEntry(tx, caller.actor.tenantId, entryId);
  requireOwn(caller.actor, entry);
  const parent = await requireParent(tx, caller.actor, { of: entry.of, parentId });
  if (parent !== null) {
    const place = { entryId: entry.entryId, parentId: parent };
    if ((await executeRawSqlOne(tx, above, place))?.found) {
      throw new DomainError("CONFLICT", "An entry cannot stand below itself.", {
        errorCode: "MOVE_CYCLE",
      });
    }
  }
  await tx
    .update(sidebarFeatures)
    .set({ parentId: parent, displayOrder: order, updatedAt: sql`now()` })
    .where(eq(sidebarFeatures.id, entry.entryId));
  await recordAudit(tx, caller, {
    action: "features.moveEntry",
    targetType: "sidebar entry",
    targetId: entry.entryId,
    detail: {
      before: { parentId: entry.parentId, order: entry.order },
      after: { parentId: parent, order },
    },
  });
  return { entryId: entry.entryId, parentId: parent, order };
}

/**
 * The id of the entry that another is to stand below.
 * @throws DomainError NOT_FOUND; INVALID_INPUT `OWN_PARENT` for one of all tenants below one of a single tenant
 */
export async function requireParent(
  tx: Tx,
  actor: Actor,
  { of, parentId }: Pick<FeatureEntry, "of" | "parentId">,
): Promise<string | null> {
  if (parentId === null) return null;
  const parent = await getEntry(tx, actor.tenantId, parentId);
  if (of === "all" && parent.of === "tenant") {
    throw new DomainError(
      "INVALID_INPUT",
      "What every tenant has cannot stand below what one of them has.",
      { errorCode: "OWN_PARENT" },
    );
  }
  return parent.entryId;
}
