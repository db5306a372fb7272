import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Who did what, written in the transaction that did it; what was refused has rows of its own. Only added to. Outlives what it speaks of. */
export const auditLog = app.table(
  "audit_log",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamptz("at").notNull().defaultNow(),
    tenantId: uuid("tenant_id"),
    actorId: uuid("actor_id"),
    action: text("action").notNull(),
    targetType: text("target_type"),
    targetId: text("target_id"),
    requestId: text("request_id"),
    source: text("source"),
    detail: jsonb("detail"),
    /** refused: for a right that lacked; failed: a sign-in with a wrong password. */
    outcome: text("outcome", { enum: ["done", "refused", "failed"] })
      .notNull()
      .default("done"),
    /** How often within the minute; 1 for what is told each time. */
    count: integer("count").notNull().default(1),
    /** Names the minute of what is counted. */
    once: text("once"),
  },
  (table) => [
    check("audit_log_outcome_check", sql`${table.outcome} in ('done', 'refused', 'failed')`),
    uniqueIndex("audit_log_once_key").on(table.once),
    index("audit_log_tenant_id_id_idx").on(table.tenantId, table.id),
  ],
);
