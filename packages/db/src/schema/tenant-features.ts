import { boolean, foreignKey, pgTable, unique, uuid } from "drizzle-orm/pg-core";
import { featureFlags } from "./feature-flags.ts";
import { tenants } from "./tenants.ts";
import { timestamptz } from "./time.ts";

/** Which tenant has which feature. */
export const tenantFeatures = pgTable(
  "tenant_features",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    featureId: uuid("feature_id").notNull(),
    isEnabled: boolean("is_enabled").default(false),
    createdAt: timestamptz("created_at").defaultNow(),
    updatedAt: timestamptz("updated_at").defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "tenant_features_feature_id_fkey",
      columns: [table.featureId],
      foreignColumns: [featureFlags.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "tenant_features_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    unique("tenant_features_tenant_id_feature_id_key").on(table.tenantId, table.featureId),
  ],
);
