import { pgSchema, uuid } from "drizzle-orm/pg-core";

/** Supabase's accounts: only named by foreign keys, which exist where the table does. */
export const authUsers = pgSchema("auth").table("users", { id: uuid("id").primaryKey() });
