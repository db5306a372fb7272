import { foreignKey, index, integer, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Jobs of a batch that failed within some seconds, to be told as one. */
export const webhookFailures = app.table(
  "webhook_failures",
  {
    batchId: uuid("batch_id").primaryKey(),
    tenantId: uuid("tenant_id").notNull(),
    jobs: integer("jobs").notNull(),
    since: timestamptz("since").notNull(),
    dueAt: timestamptz("due_at").notNull(),
  },
  (table) => [
    foreignKey({
      name: "webhook_failures_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    index("webhook_failures_due_at_idx").on(table.dueAt),
  ],
);
