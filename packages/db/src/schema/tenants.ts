import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./time.ts";

/** A customer organisation: the boundary of all data. */
export const tenants = pgTable("tenants", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  description: text("description"),
  isActive: boolean("is_active").notNull().default(true),
  createdAt: timestamptz("created_at").notNull().defaultNow(),
  updatedAt: timestamptz("updated_at").notNull().defaultNow(),
});
