import { foreignKey, index, text, uuid } from "drizzle-orm/pg-core";
import { profiles } from "../profiles.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Differences of schema and database that are meant to be. */
export const driftIgnored = app.table(
  "drift_ignored",
  {
    /** Of what it is about, what is expected and what was found: one that becomes another is not ignored. */
    key: text("key").primaryKey(),
    what: text("what").notNull(),
    reason: text("reason").notNull(),
    personId: uuid("person_id"),
    ignoredAt: timestamptz("ignored_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "drift_ignored_person_id_fkey",
      columns: [table.personId],
      foreignColumns: [profiles.id],
    }).onDelete("set null"),
    index("drift_ignored_person_id_idx").on(table.personId),
  ],
);
