import { boolean, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { app } from "./app.ts";

/** Who can sign in. The id is that of the person's row in `profiles`. */
export const users = app.table(
  "users",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    emailVerified: boolean("email_verified").notNull().default(false),
    image: text("image"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique("users_email_key").on(table.email)],
);
