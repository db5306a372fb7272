import { foreignKey, integer, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { app } from "./app.ts";

/** How far an open batch has been promoted to the queue. */
export const batchWindows = app.table(
  "batch_windows",
  {
    batchId: uuid("batch_id").primaryKey(),
    /** Positions before it have been in the queue, or are over; null: all of them. */
    nextPosition: integer("next_position"),
  },
  (table) => [
    foreignKey({
      name: "batch_windows_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
  ],
);
