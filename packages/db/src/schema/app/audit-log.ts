import { bigint, index, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Who did what, written in the transaction that did it. Outlives what it speaks of. */
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
  },
  (table) => [index("audit_log_tenant_id_id_idx").on(table.tenantId, table.id)],
);
