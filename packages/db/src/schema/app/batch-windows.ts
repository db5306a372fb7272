import { sql } from "drizzle-orm";
import { check, foreignKey, integer, text, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { app } from "./app.ts";

/**
 * How far an open batch has been promoted to the queue, and whether it goes on. Its states are those of `WINDOW` in
 * packages/api, where a test holds the check to them.
 */
export const batchWindows = app.table(
  "batch_windows",
  {
    batchId: uuid("batch_id").primaryKey(),
    /** Positions before it have been in the queue, or are over; null: all of them. While cancelling: before it all are over; null until the queue is empty. */
    nextPosition: integer("next_position"),
    state: text("state", { enum: ["filling", "paused", "cancelling"] })
      .notNull()
      .default("filling"),
    /** While cancelling: jobs that are cancelled so far. */
    cancelled: integer("cancelled").notNull().default(0),
    /** Who asked for it. */
    cancelledBy: uuid("cancelled_by"),
  },
  (table) => [
    foreignKey({
      name: "batch_windows_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    check("batch_windows_state_check", sql`${table.state} in ('filling', 'paused', 'cancelling')`),
  ],
);
