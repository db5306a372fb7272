import { sql } from "drizzle-orm";
import { check, foreignKey, index, text, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { schedules } from "./schedules.ts";

/** What became of one moment of a schedule, or of one run that somebody asked for. */
export const scheduleRuns = app.table(
  "schedule_runs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    scheduleId: uuid("schedule_id").notNull(),
    tenantId: uuid("tenant_id").notNull(),
    /** Null for a run that somebody asked for. */
    dueAt: timestamptz("due_at"),
    ranAt: timestamptz("ran_at")
      .notNull()
      .default(sql`clock_timestamp()`),
    outcome: text("outcome", { enum: ["created", "skipped", "failed"] }).notNull(),
    /** Why it was skipped. */
    reason: text("reason", { enum: ["missed", "overlap", "tenant_off", "nothing"] }),
    error: text("error"),
    batchId: uuid("batch_id"),
  },
  (table) => [
    foreignKey({
      name: "schedule_runs_schedule_id_fkey",
      columns: [table.scheduleId],
      foreignColumns: [schedules.id],
    }).onDelete("cascade"),
    check("schedule_runs_outcome_check", sql`${table.outcome} in ('created', 'skipped', 'failed')`),
    check(
      "schedule_runs_reason_check",
      sql`${table.reason} in ('missed', 'overlap', 'tenant_off', 'nothing')`,
    ),
    unique("schedule_runs_schedule_id_due_at_key").on(table.scheduleId, table.dueAt),
    index("schedule_runs_schedule_id_ran_at_id_idx").on(table.scheduleId, table.ranAt, table.id),
  ],
);
