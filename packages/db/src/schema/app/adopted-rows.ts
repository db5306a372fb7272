import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, text } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Rows of the first system as they were before adoption merged, changed or put them aside. */
export const adoptedRows = app.table(
  "adopted_rows",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamptz("at").notNull().defaultNow(),
    /** Which adoption: the plan's fingerprint. */
    adoption: text("adoption").notNull(),
    step: text("step").notNull(),
    tableName: text("table_name").notNull(),
    kind: text("kind", { enum: ["merged", "changed", "added"] }).notNull(),
    /** The row's key as text. */
    rowKey: text("row_key"),
    /** Key of the row that stands for it; null when none does. */
    became: text("became"),
    /** Columns as the text that Postgres prints. */
    was: jsonb("was").$type<Record<string, string | null>>().notNull(),
  },
  (table) => [
    check("adopted_rows_kind_check", sql`${table.kind} in ('merged', 'changed', 'added')`),
    index("adopted_rows_adoption_table_name_idx").on(table.adoption, table.tableName),
  ],
);
