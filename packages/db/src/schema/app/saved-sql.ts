import { foreignKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { profiles } from "../profiles.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Statements that somebody of the platform's staff keeps under a name. */
export const savedSql = app.table(
  "saved_sql",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    personId: uuid("person_id").notNull(),
    name: text("name").notNull(),
    sql: text("sql").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "saved_sql_person_id_fkey",
      columns: [table.personId],
      foreignColumns: [profiles.id],
    }).onDelete("cascade"),
    unique("saved_sql_person_id_name_key").on(table.personId, table.name),
  ],
);
