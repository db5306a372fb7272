import type { Tx } from "@scrapersky/db";
import { sidebarFeatures } from "@scrapersky/db/schema";
import { and, eq, isNull, or } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Actor } from "../rbac/actor.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import type { FeatureEntry } from "./feature-change.contract.ts";
import { ENTRY_COLUMNS, toEntry } from "./list-entries.ts";

/**
 * An entry of the caller's sidebar.
 * @throws DomainError NOT_FOUND, also for one of another tenant
 */
export async function getEntry(
  tx: Tx,
  tenantId: string,
  entryIdText: string,
): Promise<FeatureEntry> {
  const id = requireUuid(entryIdText, "Entry");
  const [row] = await tx
    .select(ENTRY_COLUMNS)
    .from(sidebarFeatures)
    .where(
      and(
        eq(sidebarFeatures.id, id),
        or(isNull(sidebarFeatures.tenantId), eq(sidebarFeatures.tenantId, tenantId)),
      ),
    );
  if (!row) throw notFound("Entry");
  return toEntry(row);
}

/**
 * What every tenant has is the platform's to change.
 * @throws DomainError FORBIDDEN `NEEDS_platform:features`
 */
export function requireOwn(actor: Actor, { of }: Pick<FeatureEntry, "of">): void {
  if (of === "all") requirePermission(actor, "platform:features");
}
