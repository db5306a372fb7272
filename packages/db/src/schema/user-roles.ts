import { foreignKey, index, integer, pgTable, unique, uuid } from "drizzle-orm/pg-core";
import { profiles } from "./profiles.ts";
import { roles } from "./roles.ts";
import { tenants } from "./tenants.ts";
import { timestamptz } from "./time.ts";

/** Which profile holds which role. */
export const userRoles = pgTable(
  "user_roles",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    userId: uuid("user_id").notNull(),
    roleId: integer("role_id").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    tenantId: uuid("tenant_id"),
    updatedAt: timestamptz("updated_at"),
  },
  (table) => [
    foreignKey({
      name: "fk_user_roles_profile",
      columns: [table.userId],
      foreignColumns: [profiles.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "fk_user_roles_tenant_id",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "user_roles_role_id_fkey",
      columns: [table.roleId],
      foreignColumns: [roles.id],
    }).onDelete("cascade"),
    unique("user_roles_user_id_role_id_key").on(table.userId, table.roleId),
    index("idx_user_roles_user_id").on(table.userId),
    index("ix_user_roles_tenant_id").on(table.tenantId),
  ],
);
