import { sql } from "drizzle-orm";
import { check, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * Workers by the name that each gives itself at its start; they belong to no tenant. Their states are those of `WORKER` in
 * packages/api, where a test holds the check to them.
 */
export const workers = app.table(
  "workers",
  {
    id: text("id").notNull(),
    state: text("state", { enum: ["claiming", "draining"] })
      .notNull()
      .default("claiming"),
    version: text("version").notNull(),
    concurrency: integer("concurrency").notNull(),
    /** Sites it is at, as of its last sign of life. */
    running: integer("running").notNull(),
    startedAt: timestamptz("started_at").notNull().defaultNow(),
    seenAt: timestamptz("seen_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: "workers_pkey", columns: [table.id] }),
    check("workers_state_check", sql`${table.state} in ('claiming', 'draining')`),
  ],
);
