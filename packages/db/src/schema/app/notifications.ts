import { sql } from "drizzle-orm";
import { check, foreignKey, index, unique, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { webhooks } from "./webhooks.ts";

/**
 * That a batch has ended, for whoever made it, or that a webhook was disabled, for who may enable it. What happens again is told
 * again in the same row.
 */
export const notifications = app.table(
  "notifications",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    /** Whom it tells. */
    profileId: uuid("profile_id").notNull(),
    /** What it is about: one of both. */
    batchId: uuid("batch_id"),
    webhookId: uuid("webhook_id"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    readAt: timestamptz("read_at"),
  },
  (table) => [
    foreignKey({
      name: "notifications_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "notifications_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    foreignKey({
      name: "notifications_webhook_id_fkey",
      columns: [table.webhookId],
      foreignColumns: [webhooks.id],
    }).onDelete("cascade"),
    check(
      "notifications_subject_check",
      sql`num_nonnulls(${table.batchId}, ${table.webhookId}) = 1`,
    ),
    unique("notifications_batch_id_key").on(table.batchId),
    unique("notifications_webhook_id_profile_id_key").on(table.webhookId, table.profileId),
    index("notifications_profile_id_idx").on(table.profileId, table.tenantId, table.createdAt),
  ],
);
