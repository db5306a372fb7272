import { primaryKey, text } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Hosts that have to be left alone for longer than usual, whichever worker visits them next. */
export const hostPauses = app.table(
  "host_pauses",
  { host: text("host").notNull(), freeAt: timestamptz("free_at").notNull() },
  (table) => [primaryKey({ name: "host_pauses_pkey", columns: [table.host] })],
);
