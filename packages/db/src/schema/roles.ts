import { pgTable, serial, text, timestamp, unique } from "drizzle-orm/pg-core";

/** A role; shared by all tenants. */
export const roles = pgTable(
  "roles",
  {
    id: serial("id").primaryKey(),
    name: text("name").notNull(),
    description: text("description"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique("uq_role_name").on(table.name)],
);
