import { pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./time.ts";

/** A named permission that roles grant. */
export const permissions = pgTable(
  "permissions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    description: text("description"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [unique("permissions_name_key").on(table.name)],
);
