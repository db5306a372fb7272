import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * Tenants that somebody deleted, until their rows are gone. Its states are those of `TENANT_REMOVAL` in packages/api, where a
 * test holds the check to them.
 */
export const tenantRemovals = app.table(
  "tenant_removals",
  {
    tenantId: uuid("tenant_id").primaryKey(),
    state: text("state", { enum: ["asked", "removing"] })
      .notNull()
      .default("asked"),
    /** What it is again when somebody takes the deletion back. */
    wasActive: boolean("was_active").notNull(),
    /** Until then nothing is removed. */
    dueAt: timestamptz("due_at").notNull(),
    /** Which of the places of a tenant's rows is next. */
    stage: integer("stage").notNull().default(0),
  },
  (table) => [
    foreignKey({
      name: "tenant_removals_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check("tenant_removals_state_check", sql`${table.state} in ('asked', 'removing')`),
    index("tenant_removals_due_at_idx").on(table.dueAt),
  ],
);
