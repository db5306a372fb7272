import { foreignKey, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { featureFlags } from "./feature-flags.ts";
import { timestamptz } from "./time.ts";

/** An entry of the sidebar; its children go with it. */
export const sidebarFeatures = pgTable(
  "sidebar_features",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    featureId: uuid("feature_id"),
    sidebarName: text("sidebar_name").notNull(),
    urlPath: text("url_path").notNull(),
    icon: text("icon"),
    displayOrder: integer("display_order"),
    createdAt: timestamptz("created_at").defaultNow(),
    updatedAt: timestamptz("updated_at").defaultNow(),
    requiresPermission: text("requires_permission"),
    requiresFeature: uuid("requires_feature"),
    tenantId: uuid("tenant_id"),
    groupName: text("group_name"),
    minimumRoleId: integer("minimum_role_id").default(1),
    parentId: uuid("parent_id"),
  },
  (table) => [
    foreignKey({
      name: "sidebar_features_feature_id_fkey",
      columns: [table.featureId],
      foreignColumns: [featureFlags.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "sidebar_features_parent_id_fkey",
      columns: [table.parentId],
      foreignColumns: [table.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "sidebar_features_requires_feature_fkey",
      columns: [table.requiresFeature],
      foreignColumns: [featureFlags.id],
    }).onDelete("cascade"),
  ],
);
