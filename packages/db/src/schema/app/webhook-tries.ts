import { sql } from "drizzle-orm";
import { foreignKey, integer, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { webhookDeliveries } from "./webhook-deliveries.ts";

/** One request of a delivery, and what it met. */
export const webhookTries = app.table(
  "webhook_tries",
  {
    deliveryId: uuid("delivery_id").notNull(),
    number: integer("number").notNull(),
    at: timestamptz("at")
      .notNull()
      .default(sql`clock_timestamp()`),
    durationMs: integer("duration_ms").notNull(),
    /** Of the answer; null where none came. */
    status: integer("status"),
    /** Why it counts as failed. */
    error: text("error"),
  },
  (table) => [
    primaryKey({ name: "webhook_tries_pkey", columns: [table.deliveryId, table.number] }),
    foreignKey({
      name: "webhook_tries_delivery_id_fkey",
      columns: [table.deliveryId],
      foreignColumns: [webhookDeliveries.id],
    }).onDelete("cascade"),
  ],
);
