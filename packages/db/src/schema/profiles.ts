import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { authUsers } from "./auth-users.ts";
import { roles } from "./roles.ts";
import { tenants } from "./tenants.ts";
import { timestamptz } from "./time.ts";

/** A person of a tenant. */
export const profiles = pgTable(
  "profiles",
  {
    id: uuid("id").primaryKey(),
    tenantId: uuid("tenant_id").notNull().default("550e8400-e29b-41d4-a716-446655440000"),
    name: text("name"),
    email: text("email"),
    avatarUrl: text("avatar_url"),
    bio: text("bio"),
    createdAt: timestamptz("created_at").defaultNow(),
    updatedAt: timestamptz("updated_at").defaultNow(),
    active: boolean("active").default(false),
    role: text("role").default("USER"),
    roleId: integer("role_id"),
  },
  (table) => [
    check(
      "profiles_role_check",
      sql`${table.role} in ('USER', 'ADMIN', 'SUPER_ADMIN', 'GLOBAL_ADMIN')`,
    ),
    foreignKey({
      name: "fk_profiles_tenant",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "profiles_id_fkey",
      columns: [table.id],
      foreignColumns: [authUsers.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "profiles_role_id_fkey",
      columns: [table.roleId],
      foreignColumns: [roles.id],
    }),
    index("idx_profiles_tenant_id").on(table.tenantId),
  ],
);
