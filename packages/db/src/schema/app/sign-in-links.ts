import { foreignKey, index, text, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { users } from "./users.ts";

/** A link by which a person sets a password and signs in, once: known by the SHA-256 of its token. */
export const signInLinks = app.table(
  "sign_in_links",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    userId: uuid("user_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    expiresAt: timestamptz("expires_at").notNull(),
    usedAt: timestamptz("used_at"),
    /** A newer link took its place. */
    replacedAt: timestamptz("replaced_at"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
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
