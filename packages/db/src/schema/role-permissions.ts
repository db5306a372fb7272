import { foreignKey, integer, pgTable, unique, uuid } from "drizzle-orm/pg-core";
import { permissions } from "./permissions.ts";
import { roles } from "./roles.ts";
import { timestamptz } from "./time.ts";

/** Which role grants which permission. */
export const rolePermissions = pgTable(
  "role_permissions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    roleId: integer("role_id").notNull(),
    permissionId: uuid("permission_id").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "role_permissions_permission_id_fkey",
      columns: [table.permissionId],
      foreignColumns: [permissions.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "role_permissions_role_id_fkey",
      columns: [table.roleId],
      foreignColumns: [roles.id],
    }).onDelete("cascade"),
    unique("role_permissions_role_id_permission_id_key").on(table.roleId, table.permissionId),
  ],
);
