import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * One act on many rows, which whoever finds it open goes on with. Its states are those of `BULK` in packages/api, where a
 * test holds the checks to them.
 */
export const bulkActions = app.table(
  "bulk_actions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    action: text("action").notNull(),
    list: text("list").notNull(),
    /** How many ids were given, or the filter and up to which moment rows are meant. */
    target: jsonb("target").notNull(),
    settings: jsonb("settings").notNull(),
    status: text("status").notNull(),
    total: integer("total").notNull(),
    done: integer("done").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    /** Rows that were skipped or failed, by reason. */
    reasons: jsonb("reasons").$type<Record<string, number>>().notNull().default({}),
    /** The chunk that is next, and in a row how often it could not be done. */
    nextChunk: integer("next_chunk").notNull().default(0),
    tries: integer("tries").notNull().default(0),
    error: text("error"),
    /** What a rescan made. */
    batchId: uuid("batch_id"),
    createdBy: uuid("created_by").notNull(),
    actorKind: text("actor_kind").notNull(),
    apiKeyId: uuid("api_key_id"),
    source: text("source").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    startedAt: timestamptz("started_at"),
    /** Open ones take turns by this. */
    touchedAt: timestamptz("touched_at").notNull().defaultNow(),
    endedAt: timestamptz("ended_at"),
  },
  (table) => [
    foreignKey({
      name: "bulk_actions_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check(
      "bulk_actions_status_check",
      sql`${table.status} in ('pending', 'running', 'undoing', 'complete', 'cancelled', 'stopped', 'undone')`,
    ),
    check(
      "bulk_actions_ended_check",
      sql`(${table.status} in ('pending', 'running', 'undoing')) = (${table.endedAt} is null)`,
    ),
    index("bulk_actions_tenant_id_created_at_id_idx").on(table.tenantId, table.createdAt, table.id),
    index("bulk_actions_open_idx")
      .on(table.touchedAt, table.id)
      .where(sql`${table.endedAt} is null`),
  ],
);
