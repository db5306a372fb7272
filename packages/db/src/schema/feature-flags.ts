import { boolean, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

/** A feature that tenants may have. */
export const featureFlags = pgTable(
  "feature_flags",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    description: text("description"),
    defaultEnabled: boolean("default_enabled").default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).defaultNow(),
  },
  (table) => [unique("feature_flags_name_key").on(table.name)],
);
