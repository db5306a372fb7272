import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** What runs again by itself. Its states are those of `SCHEDULE` in packages/api, where a test holds the checks to them. */
export const schedules = app.table(
  "schedules",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    name: text("name").notNull(),
    status: text("status", { enum: ["active", "paused"] }).notNull(),
    cron: text("cron").notNull(),
    /** A name of the IANA's, such as Europe/Berlin. */
    timeZone: text("time_zone").notNull(),
    missed: text("missed", { enum: ["skip", "once"] }).notNull(),
    overlap: text("overlap", { enum: ["skip", "run"] }).notNull(),
    /** The batch whose list is run; null for leads. */
    batchId: uuid("batch_id"),
    /** Of the list of leads; null for a batch. */
    filter: jsonb("filter").$type<Record<string, unknown>>(),
    maxPages: integer("max_pages").notNull(),
    maxConcurrent: integer("max_concurrent").notNull(),
    nextRunAt: timestamptz("next_run_at"),
    /** Runs that failed one after the other. */
    failures: integer("failures").notNull().default(0),
    lastError: text("last_error"),
    createdBy: uuid("created_by").notNull(),
    /** By whose rights it runs. */
    runBy: uuid("run_by").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "schedules_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check("schedules_status_check", sql`${table.status} in ('active', 'paused')`),
    check("schedules_missed_check", sql`${table.missed} in ('skip', 'once')`),
    check("schedules_overlap_check", sql`${table.overlap} in ('skip', 'run')`),
    check("schedules_source_check", sql`num_nonnulls(${table.batchId}, ${table.filter}) = 1`),
    check(
      "schedules_next_run_at_check",
      sql`(${table.status} = 'active') = (${table.nextRunAt} is not null)`,
    ),
    index("schedules_tenant_id_created_at_id_idx").on(table.tenantId, table.createdAt, table.id),
    index("schedules_next_run_at_id_idx")
      .on(table.nextRunAt, table.id)
      .where(sql`${table.nextRunAt} is not null`),
  ],
);
