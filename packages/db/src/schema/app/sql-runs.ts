import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, text, uuid } from "drizzle-orm/pg-core";
import { profiles } from "../profiles.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Statements that platform staff ran, or asked the plan of. */
export const sqlRuns = app.table(
  "sql_runs",
  {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id").notNull(),
    kind: text("kind", { enum: ["query", "explain"] }).notNull(),
    sql: text("sql").notNull(),
    /** SHA-256 of the text: what the audit log tells of it. */
    sqlHash: text("sql_hash").notNull(),
    /** Null while it runs. */
    outcome: text("outcome", { enum: ["answered", "refused", "failed"] }),
    /** Why it was refused or failed. */
    said: text("said"),
    rowCount: integer("row_count"),
    elapsedMs: integer("elapsed_ms"),
    startedAt: timestamptz("started_at").notNull().defaultNow(),
    endedAt: timestamptz("ended_at"),
    /** The process that runs it looks here. */
    cancelAskedAt: timestamptz("cancel_asked_at"),
  },
  (table) => [
    foreignKey({
      name: "sql_runs_person_id_fkey",
      columns: [table.personId],
      foreignColumns: [profiles.id],
    }).onDelete("cascade"),
    check("sql_runs_kind_check", sql`${table.kind} in ('query', 'explain')`),
    check("sql_runs_outcome_check", sql`${table.outcome} in ('answered', 'refused', 'failed')`),
    index("sql_runs_person_id_idx").on(table.personId, table.startedAt, table.id),
    index("sql_runs_started_at_idx").on(table.startedAt),
  ],
);
