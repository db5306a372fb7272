import { sql } from "drizzle-orm";
import { bigint, check, foreignKey, index, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * A list that was sent to somebody. Its states are those of `EXPORT` in packages/api, where a test holds the checks
 * to them.
 */
export const exports = app.table(
  "exports",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    /** Name of the list. */
    list: text("list").notNull(),
    format: text("format").notNull(),
    /** Filters and order as they were asked for. */
    filters: jsonb("filters").notNull(),
    columns: text("columns").array().notNull(),
    status: text("status").notNull(),
    /** The export from which on it tells what is new. */
    sinceId: uuid("since_id"),
    rows: integer("rows").notNull().default(0),
    /** Of the file, before anything is packed for the way. */
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    /** Cells that had to be cut, and say so. */
    cut: integer("cut").notNull().default(0),
    createdBy: uuid("created_by").notNull(),
    startedAt: timestamptz("started_at").notNull().defaultNow(),
    endedAt: timestamptz("ended_at"),
    /** Rows that came later are not in it. */
    asOf: timestamptz("as_of").notNull(),
    /** Whatever came up to here was seen, so what is new begins here. */
    seenFrom: timestamptz("seen_from").notNull(),
    /** Until when it is known to be under way; null in rows of earlier versions. */
    leasedUntil: timestamptz("leased_until"),
  },
  (table) => [
    foreignKey({
      name: "exports_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "exports_since_id_fkey",
      columns: [table.sinceId],
      foreignColumns: [table.id],
    }).onDelete("set null"),
    check(
      "exports_status_check",
      sql`${table.status} in ('running', 'complete', 'abandoned', 'failed')`,
    ),
    check("exports_ended_check", sql`(${table.status} = 'running') = (${table.endedAt} is null)`),
    index("exports_tenant_id_started_at_id_idx").on(table.tenantId, table.startedAt, table.id),
    index("exports_since_id_idx").on(table.sinceId),
    index("exports_leased_idx")
      .on(table.leasedUntil)
      .where(sql`${table.status} = 'running'`),
  ],
);
