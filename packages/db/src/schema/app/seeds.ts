import { text, timestamp } from "drizzle-orm/pg-core";
import { app } from "./app.ts";

/** Which sets of example data were written, so that each is written once. */
export const seeds = app.table("seeds", {
  name: text("name").primaryKey(),
  at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
});
