import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * Where a tenant's programs are told of what happens. Its states are those of `WEBHOOK` in packages/api, where a test holds the
 * check to them.
 */
export const webhooks = app.table(
  "webhooks",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    url: text("url").notNull(),
    events: text("events").array().notNull(),
    state: text("state", { enum: ["active", "inactive"] }).notNull(),
    /** Why it is disabled. */
    reason: text("reason", { enum: ["asked", "gone", "failing"] }),
    /** Its secret is made of the server's key, the id and this number. */
    secretNumber: integer("secret_number").notNull().default(1),
    /** Until when the secret before this one signs, too. */
    formerUntil: timestamptz("former_until"),
    /** Deliveries that were given up one after the other. */
    failures: integer("failures").notNull().default(0),
    createdBy: uuid("created_by").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "webhooks_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check("webhooks_state_check", sql`${table.state} in ('active', 'inactive')`),
    check("webhooks_reason_check", sql`${table.reason} in ('asked', 'gone', 'failing')`),
    check("webhooks_disabled_check", sql`(${table.state} = 'active') = (${table.reason} is null)`),
    index("webhooks_tenant_id_created_at_id_idx").on(table.tenantId, table.createdAt, table.id),
  ],
);
