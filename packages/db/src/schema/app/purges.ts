import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** The removal of what was stored of suppressed addresses, in chunks; whoever finds it open goes on with it. */
export const purges = app.table(
  "purges",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    /** What scans found, or wherever the tenant holds it. */
    scope: text("scope", { enum: ["results", "everywhere"] }).notNull(),
    /** Where it goes on: which of its stages, and behind which row of that. */
    stage: integer("stage").notNull().default(0),
    after: text("after").notNull().default(""),
    /** Rows removed or changed so far, by place. */
    removed: jsonb("removed").$type<Record<string, number>>().notNull().default({}),
    createdBy: uuid("created_by").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    endedAt: timestamptz("ended_at"),
  },
  (table) => [
    foreignKey({
      name: "purges_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check("purges_scope_check", sql`${table.scope} in ('results', 'everywhere')`),
    index("purges_open_idx")
      .on(table.createdAt, table.id)
      .where(sql`${table.endedAt} is null`),
    index("purges_tenant_id_idx").on(table.tenantId),
  ],
);
