import type { Reader } from "@scrapersky/db";
import { sidebarFeatures } from "@scrapersky/db/schema";
import { asc, eq, isNull, or, sql } from "drizzle-orm";
import type { RowOf } from "../list/row-of.ts";
import { type FeatureEntry, FEATURES_MAX } from "./feature-change.contract.ts";

export const ENTRY_COLUMNS = {
  entryId: sidebarFeatures.id,
  parentId: sidebarFeatures.parentId,
  tenantId: sidebarFeatures.tenantId,
  name: sidebarFeatures.sidebarName,
  urlPath: sidebarFeatures.urlPath,
  icon: sidebarFeatures.icon,
  group: sidebarFeatures.groupName,
  order: sidebarFeatures.displayOrder,
  requiresPermission: sidebarFeatures.requiresPermission,
  featureId: sidebarFeatures.featureId,
  requiresFeature: sidebarFeatures.requiresFeature,
};

/** Every entry that stands in the tenant's sidebar for some of its people, in its order. */
export async function listEntries(reader: Reader, tenantId: string): Promise<FeatureEntry[]> {
  const rows = await reader
    .select(ENTRY_COLUMNS)
    .from(sidebarFeatures)
    .where(or(isNull(sidebarFeatures.tenantId), eq(sidebarFeatures.tenantId, tenantId)))
    .orderBy(
      sql`${sidebarFeatures.displayOrder} nulls last`,
      asc(sidebarFeatures.sidebarName),
      asc(sidebarFeatures.id),
    )
    .limit(2 * FEATURES_MAX);
  return rows.map(toEntry);
}

export const toEntry = ({ tenantId, ...row }: RowOf<typeof ENTRY_COLUMNS>): FeatureEntry => ({
  ...row,
  of: tenantId === null ? "all" : "tenant",
});
