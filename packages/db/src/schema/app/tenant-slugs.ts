import { sql } from "drizzle-orm";
import { check, foreignKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { app } from "./app.ts";

/** The tenant's name in addresses of the web. */
export const tenantSlugs = app.table(
  "tenant_slugs",
  {
    tenantId: uuid("tenant_id").primaryKey(),
    slug: text("slug").notNull(),
  },
  (table) => [
    foreignKey({
      name: "tenant_slugs_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    unique("tenant_slugs_slug_key").on(table.slug),
    check("tenant_slugs_slug_check", sql`${table.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
  ],
);
