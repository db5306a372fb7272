import { sql } from "drizzle-orm";
import { check, foreignKey, index, text, unique, uuid } from "drizzle-orm/pg-core";
import { profiles } from "../profiles.ts";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { serviceAccounts } from "./service-accounts.ts";

/**
 * A key of an internal program: found by its public prefix, proven by the SHA-256 of its secret. It
 * belongs to a person or to a service account.
 */
export const apiKeys = app.table(
  "api_keys",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    profileId: uuid("profile_id"),
    serviceAccountId: uuid("service_account_id"),
    name: text("name").notNull(),
    prefix: text("prefix").notNull(),
    secretHash: text("secret_hash").notNull(),
    last4: text("last4").notNull(),
    scopes: text("scopes").array().notNull(),
    expiresAt: timestamptz("expires_at"),
    lastUsedAt: timestamptz("last_used_at"),
    revokedAt: timestamptz("revoked_at"),
    /** The key that was made in its place. */
    replacedBy: uuid("replaced_by"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "api_keys_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "api_keys_profile_id_fkey",
      columns: [table.profileId],
      foreignColumns: [profiles.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "api_keys_service_account_id_fkey",
      columns: [table.serviceAccountId],
      foreignColumns: [serviceAccounts.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "api_keys_replaced_by_fkey",
      columns: [table.replacedBy],
      foreignColumns: [table.id],
    }).onDelete("set null"),
    check(
      "api_keys_holder_check",
      sql`num_nonnulls(${table.profileId}, ${table.serviceAccountId}) = 1`,
    ),
    unique("api_keys_prefix_key").on(table.prefix),
    index("api_keys_tenant_id_idx").on(table.tenantId),
    index("api_keys_profile_id_idx").on(table.profileId),
    index("api_keys_service_account_id_idx").on(table.serviceAccountId),
    index("api_keys_replaced_by_idx")
      .on(table.replacedBy)
      .where(sql`${table.replacedBy} is not null`),
  ],
);
