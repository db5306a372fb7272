import { bigint, index, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { xid8 } from "./xid8.ts";

/**
 * Every start of the server that rows with a revision were written after. A server whose files were put back lacks the starts
 * since, and ends the one that it was copied in where its newest row is (`app.note_start`).
 */
export const serverStarts = app.table(
  "server_starts",
  {
    number: bigint("number", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    id: uuid("id").notNull().defaultRandom(),
    started: timestamptz("started").notNull(),
    /** The newest revision before it. */
    until: xid8("until").notNull(),
  },
  (table) => [
    unique("server_starts_id_key").on(table.id),
    index("server_starts_started_idx").on(table.started),
  ],
);
