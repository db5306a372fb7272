import { foreignKey, index, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { app } from "./app.ts";

/** What a batch was called before it had a uuid, within its tenant. */
export const batchNames = app.table(
  "batch_names",
  {
    tenantId: uuid("tenant_id").notNull(),
    name: text("name").notNull(),
    batchId: uuid("batch_id").notNull(),
  },
  (table) => [
    primaryKey({ name: "batch_names_pkey", columns: [table.tenantId, table.name] }),
    foreignKey({
      name: "batch_names_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    index("batch_names_batch_id_idx").on(table.batchId),
  ],
);
