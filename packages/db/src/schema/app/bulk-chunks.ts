import { foreignKey, integer, jsonb, primaryKey, uuid } from "drizzle-orm/pg-core";
import { app } from "./app.ts";
import { bulkActions } from "./bulk-actions.ts";

/** Rows of a bulk action that are done in one transaction, as they were found when it began. */
export const bulkChunks = app.table(
  "bulk_chunks",
  {
    bulkId: uuid("bulk_id").notNull(),
    number: integer("number").notNull(),
    /** Rows that are still to be done. */
    ids: uuid("ids").array().notNull(),
    /** Those that were skipped or failed. */
    told: jsonb("told").$type<{ id: string; reason: string }[]>().notNull().default([]),
    /** What was there before, while it can be brought back. */
    former: jsonb("former"),
  },
  (table) => [
    primaryKey({ name: "bulk_chunks_pkey", columns: [table.bulkId, table.number] }),
    foreignKey({
      name: "bulk_chunks_bulk_id_fkey",
      columns: [table.bulkId],
      foreignColumns: [bulkActions.id],
    }).onDelete("cascade"),
  ],
);
