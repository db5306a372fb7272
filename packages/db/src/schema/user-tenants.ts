import { foreignKey, integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { authUsers } from "./auth-users.ts";
import { timestamptz } from "./time.ts";

/** Which account belongs to which tenant. */
export const userTenants = pgTable(
  "user_tenants",
  {
    userId: uuid("user_id").notNull(),
    tenantId: uuid("tenant_id").notNull(),
    roleId: integer("role_id"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: "user_tenants_pkey", columns: [table.userId, table.tenantId] }),
    foreignKey({
      name: "user_tenants_user_id_fkey",
      columns: [table.userId],
      foreignColumns: [authUsers.id],
    }).onDelete("cascade"),
  ],
);
