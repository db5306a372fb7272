import { boolean, pgSchema, uuid, varchar } from "drizzle-orm/pg-core";
import { timestamptz } from "./time.ts";

/**
 * Supabase's accounts, where the database has them: foreign keys name them, and sign-in looks people up. Its
 * versions differ in columns, so whoever reads one asks the catalogue first; drift says nothing of it.
 */
export const authUsers = pgSchema("auth").table("users", {
  id: uuid("id").primaryKey(),
  email: varchar("email"),
  encryptedPassword: varchar("encrypted_password"),
  emailConfirmedAt: timestamptz("email_confirmed_at"),
  bannedUntil: timestamptz("banned_until"),
  deletedAt: timestamptz("deleted_at"),
  isSsoUser: boolean("is_sso_user").notNull(),
});
