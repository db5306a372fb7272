import { index, integer, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** The streams that a caller has open, each in a place that is free again after `ends_at`. */
export const streamPlaces = app.table(
  "stream_places",
  {
    holder: text("holder").notNull(),
    place: integer("place").notNull(),
    stream: uuid("stream").notNull(),
    endsAt: timestamptz("ends_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "stream_places_pkey", columns: [table.holder, table.place] }),
    index("stream_places_stream_idx").on(table.stream),
  ],
);
