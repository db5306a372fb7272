import { foreignKey, index, integer, primaryKey, uuid } from "drizzle-orm/pg-core";
import { profiles } from "../profiles.ts";
import { roles } from "../roles.ts";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Roles that are held for a time, beside those that are held for good. */
export const roleGrants = app.table(
  "role_grants",
  {
    tenantId: uuid("tenant_id").notNull(),
    profileId: uuid("profile_id").notNull(),
    roleId: integer("role_id").notNull(),
    endsAt: timestamptz("ends_at").notNull(),
  },
  (table) => [
    primaryKey({
      name: "role_grants_pkey",
      columns: [table.profileId, table.tenantId, table.roleId],
    }),
    foreignKey({
      name: "role_grants_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "role_grants_profile_id_fkey",
      columns: [table.profileId],
      foreignColumns: [profiles.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "role_grants_role_id_fkey",
      columns: [table.roleId],
      foreignColumns: [roles.id],
    }).onDelete("cascade"),
    index("role_grants_ends_at_idx").on(table.endsAt),
  ],
);
