import { pgTable, serial, text, unique } from "drizzle-orm/pg-core";
import { timestamptz } from "./time.ts";

/** A role; shared by all tenants. */
export const roles = pgTable(
  "roles",
  {
    id: serial("id").primaryKey(),
    name: text("name").notNull(),
    description: text("description"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
  },
  (table) => [unique("uq_role_name").on(table.name)],
);
