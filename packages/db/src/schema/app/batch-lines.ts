import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { app } from "./app.ts";
import { batchJobs } from "../batch-jobs.ts";

/** A name in a line of a batch's list, and what became of it. */
export const batchLines = app.table(
  "batch_lines",
  {
    batchId: uuid("batch_id").notNull(),
    /** As people count them, from 1. */
    line: integer("line").notNull(),
    /** A line with several names has several entries, from 0. */
    entry: integer("entry").notNull(),
    kind: text("kind", { enum: ["valid", "fixed", "recent", "duplicate", "invalid"] }).notNull(),
    /** As it was written. */
    input: text("input").notNull(),
    domain: text("domain"),
    /** Of the job that the entry became, or that a double shares; null for one whose last scan is used, and for a refused one of a text or of rows. */
    position: integer("position"),
    /** Of a double, the line that named the domain first. */
    ofLine: integer("of_line"),
    /** Why it is refused. */
    reason: text("reason"),
    /** The line's cells in the order of the list's columns. */
    cells: text("cells")
      .array()
      .notNull()
      .default(sql`'{}'`),
  },
  (table) => [
    primaryKey({ name: "batch_lines_pkey", columns: [table.batchId, table.line, table.entry] }),
    foreignKey({
      name: "batch_lines_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    index("batch_lines_batch_id_position_idx")
      .on(table.batchId, table.position)
      .where(sql`${table.position} is not null`),
    index("batch_lines_domain_idx")
      .on(table.domain)
      .where(sql`${table.position} is null and ${table.domain} is not null`),
    check(
      "batch_lines_kind_check",
      sql`${table.kind} in ('valid', 'fixed', 'recent', 'duplicate', 'invalid')`,
    ),
  ],
);
