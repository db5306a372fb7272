import { foreignKey, jsonb, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { profiles } from "../profiles.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** How a person wants things, in every tenant alike. */
export const preferences = app.table(
  "preferences",
  {
    personId: uuid("person_id").notNull(),
    key: text("key").notNull(),
    value: jsonb("value").notNull(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: "preferences_pkey", columns: [table.personId, table.key] }),
    foreignKey({
      name: "preferences_person_id_fkey",
      columns: [table.personId],
      foreignColumns: [profiles.id],
    }).onDelete("cascade"),
  ],
);
