import { bigint, integer, jsonb, text } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** What comparisons of the schema with the database found: a row each time that it was something else. */
export const driftChecks = app.table("drift_checks", {
  number: bigint("number", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  fingerprint: text("fingerprint").notNull(),
  differences: jsonb("differences").notNull(),
  breaking: integer("breaking").notNull(),
  harmful: integer("harmful").notNull(),
  harmless: integer("harmless").notNull(),
  firstAt: timestamptz("first_at").notNull().defaultNow(),
  lastAt: timestamptz("last_at").notNull().defaultNow(),
});
