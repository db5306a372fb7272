import { foreignKey, index, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { app } from "./app.ts";
import { users } from "./users.ts";

/** A link by which a person sets a password and signs in, once: known by the SHA-256 of its token. */
export const signInLinks = app.table(
  "sign_in_links",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    userId: uuid("user_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    usedAt: timestamp("used_at", { withTimezone: true }),
    /** A newer link took its place. */
    replacedAt: timestamp("replaced_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "sign_in_links_user_id_fkey",
      columns: [table.userId],
      foreignColumns: [users.id],
    }).onDelete("cascade"),
    unique("sign_in_links_token_hash_key").on(table.tokenHash),
    index("sign_in_links_user_id_idx").on(table.userId),
  ],
);
