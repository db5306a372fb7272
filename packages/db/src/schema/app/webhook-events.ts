import { sql } from "drizzle-orm";
import { foreignKey, index, jsonb, text, unique, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** What happened, for whoever is told of it: ids, counts and times, and nothing of a person or a site. */
export const webhookEvents = app.table(
  "webhook_events",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    type: text("type").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    /** Names what is told once. */
    once: text("once"),
    createdAt: timestamptz("created_at")
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    foreignKey({
      name: "webhook_events_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    unique("webhook_events_tenant_id_once_key").on(table.tenantId, table.once),
    index("webhook_events_created_at_id_idx").on(table.createdAt, table.id),
  ],
);
