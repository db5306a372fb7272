import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { sidebarFeatures } from "@scrapersky/db/schema";
import type { Actor } from "../rbac/actor.ts";
import type { FeatureNode } from "./feature.contract.ts";

const entriesFor = defineStatement(
  `with enabled as (
     select f.id from feature_flags f
     left join tenant_features tf on tf.feature_id = f.id and tf.tenant_id = :tenantId::uuid
     where coalesce(tf.is_enabled, f.default_enabled, false)
   )
   select s.id, s.parent_id, s.sidebar_name, s.url_path, s.icon, s.group_name, s.display_order
   from sidebar_features s
   where (s.tenant_id is null or s.tenant_id = :tenantId::uuid)
     and (s.requires_permission is null or s.requires_permission = any(:permissions::text[]))
     and (s.feature_id is null or s.feature_id in (select id from enabled))
     and (s.requires_feature is null or s.requires_feature in (select id from enabled))
   order by s.display_order nulls last, s.sidebar_name, s.id`,
  {
    id: sidebarFeatures.id,
    parent_id: sidebarFeatures.parentId,
    sidebar_name: sidebarFeatures.sidebarName,
    url_path: sidebarFeatures.urlPath,
    icon: sidebarFeatures.icon,
    group_name: sidebarFeatures.groupName,
    display_order: sidebarFeatures.displayOrder,
  },
);

/**
 * The sidebar as the caller may see it: an entry needs its permission and its features, and goes with
 * its parent. A tenant's own switch beats the default of a feature.
 */
export async function getFeatureTree(reader: Reader, actor: Actor): Promise<FeatureNode[]> {
  const rows = await executeRawSql(reader, entriesFor, {
    tenantId: actor.tenantId,
    permissions: [...actor.permissions],
  });
  const childrenOf = Map.groupBy(rows, (row) => row.parent_id);
  const build = (parentId: string | null): FeatureNode[] =>
    (childrenOf.get(parentId) ?? []).map((row) => ({
      id: row.id,
      name: row.sidebar_name,
      urlPath: row.url_path,
      icon: row.icon,
      group: row.group_name,
      order: row.display_order ?? 0,
      children: build(row.id),
    }));
  return build(null);
}
