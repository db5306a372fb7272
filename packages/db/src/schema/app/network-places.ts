import { index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** The visits of all workers at a network address, each in one of its places until `ends_at`. */
export const networkPlaces = app.table(
  "network_places",
  {
    address: text("address").notNull(),
    place: integer("place").notNull(),
    worker: text("worker").notNull(),
    endsAt: timestamptz("ends_at").notNull(),
    /** Before then nothing is to be asked for from it. */
    freeAt: timestamptz("free_at"),
  },
  (table) => [
    primaryKey({ name: "network_places_pkey", columns: [table.address, table.place] }),
    index("network_places_worker_idx").on(table.worker),
  ],
);
