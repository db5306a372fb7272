import { sql } from "drizzle-orm";
import { foreignKey, integer, text, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { app } from "./app.ts";

/** The list of a batch as it was given. Batches of earlier versions have none. */
export const batchLists = app.table(
  "batch_lists",
  {
    batchId: uuid("batch_id").primaryKey(),
    tenantId: uuid("tenant_id").notNull(),
    /** Names of the cells of each line; none for plain lines. */
    columns: text("columns")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Which of them names were read from, from 0. */
    nameColumn: integer("name_column"),
    fileName: text("file_name"),
    lastLine: integer("last_line").notNull(),
  },
  (table) => [
    foreignKey({
      name: "batch_lists_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
  ],
);
