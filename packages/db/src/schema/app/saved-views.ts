import { boolean, foreignKey, index, text, unique, uuid } from "drizzle-orm/pg-core";
import { profiles } from "../profiles.ts";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Filters and order of a list that somebody keeps under a name, alone or for the tenant. */
export const savedViews = app.table(
  "saved_views",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    list: text("list").notNull(),
    /** Names it in addresses. */
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    /** What the address of the list says behind its question mark. */
    query: text("query").notNull(),
    shared: boolean("shared").notNull().default(false),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "saved_views_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "saved_views_owner_id_fkey",
      columns: [table.ownerId],
      foreignColumns: [profiles.id],
    }).onDelete("cascade"),
    unique("saved_views_tenant_id_list_slug_key").on(table.tenantId, table.list, table.slug),
    index("saved_views_owner_id_idx").on(table.ownerId),
  ],
);
