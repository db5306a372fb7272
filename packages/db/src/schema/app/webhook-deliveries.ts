import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, text, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { webhookEvents } from "./webhook-events.ts";
import { webhooks } from "./webhooks.ts";

/**
 * One event on its way to one webhook. Its states are those of `DELIVERY` in packages/api, where a test holds the checks to
 * them.
 */
export const webhookDeliveries = app.table(
  "webhook_deliveries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    webhookId: uuid("webhook_id").notNull(),
    eventId: uuid("event_id").notNull(),
    tenantId: uuid("tenant_id").notNull(),
    state: text("state", { enum: ["pending", "sending", "delivered", "failed"] }).notNull(),
    tries: integer("tries").notNull().default(0),
    /** The tries before it was sent anew by hand. */
    formerTries: integer("former_tries").notNull().default(0),
    /** When it is sent; of one that is being sent, until when nobody else does so. */
    dueAt: timestamptz("due_at"),
    giveUpAt: timestamptz("give_up_at").notNull(),
    /** What the last try met: the status of the answer, or why there was none. */
    status: integer("status"),
    error: text("error"),
    createdAt: timestamptz("created_at")
      .notNull()
      .default(sql`clock_timestamp()`),
    endedAt: timestamptz("ended_at"),
  },
  (table) => [
    foreignKey({
      name: "webhook_deliveries_webhook_id_fkey",
      columns: [table.webhookId],
      foreignColumns: [webhooks.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "webhook_deliveries_event_id_fkey",
      columns: [table.eventId],
      foreignColumns: [webhookEvents.id],
    }).onDelete("cascade"),
    check(
      "webhook_deliveries_state_check",
      sql`${table.state} in ('pending', 'sending', 'delivered', 'failed')`,
    ),
    check(
      "webhook_deliveries_due_check",
      sql`(${table.state} in ('pending', 'sending')) = (${table.dueAt} is not null)`,
    ),
    check(
      "webhook_deliveries_ended_check",
      sql`(${table.state} in ('pending', 'sending')) = (${table.endedAt} is null)`,
    ),
    unique("webhook_deliveries_event_id_webhook_id_key").on(table.eventId, table.webhookId),
    index("webhook_deliveries_due_at_id_idx")
      .on(table.dueAt, table.id)
      .where(sql`${table.dueAt} is not null`),
    index("webhook_deliveries_webhook_id_due_at_id_idx")
      .on(table.webhookId, table.dueAt, table.id)
      .where(sql`${table.dueAt} is not null`),
    index("webhook_deliveries_webhook_id_created_at_id_idx").on(
      table.webhookId,
      table.createdAt,
      table.id,
    ),
    index("webhook_deliveries_tenant_id_created_at_id_idx").on(
      table.tenantId,
      table.createdAt,
      table.id,
    ),
  ],
);
