import { boolean, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./time.ts";

/** A feature that tenants may have. */
export const featureFlags = pgTable(
  "feature_flags",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    description: text("description"),
    defaultEnabled: boolean("default_enabled").default(false),
    createdAt: timestamptz("created_at").defaultNow(),
    updatedAt: timestamptz("updated_at").defaultNow(),
  },
  (table) => [unique("feature_flags_name_key").on(table.name)],
);
