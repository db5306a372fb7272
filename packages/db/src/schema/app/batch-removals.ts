import { sql } from "drizzle-orm";
import { check, foreignKey, index, text, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * Batches that somebody deleted, until their rows are gone. Its states are those of `REMOVAL` in packages/api, where a test
 * holds the check to them.
 */
export const batchRemovals = app.table(
  "batch_removals",
  {
    batchId: uuid("batch_id").primaryKey(),
    tenantId: uuid("tenant_id").notNull(),
    state: text("state", { enum: ["asked", "removing"] })
      .notNull()
      .default("asked"),
    /** Until then nothing is removed. */
    dueAt: timestamptz("due_at").notNull(),
  },
  (table) => [
    foreignKey({
      name: "batch_removals_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    foreignKey({
      name: "batch_removals_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check("batch_removals_state_check", sql`${table.state} in ('asked', 'removing')`),
    index("batch_removals_due_at_idx").on(table.dueAt),
  ],
);
