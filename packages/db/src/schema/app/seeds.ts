import { text } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Which sets of example data were written, so that each is written once. */
export const seeds = app.table("seeds", {
  name: text("name").primaryKey(),
  at: timestamptz("at").notNull().defaultNow(),
});
