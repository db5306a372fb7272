import type { Tx } from "@scrapersky/db";
import { authUsers } from "@scrapersky/db/auth-users";
import { profiles, users } from "@scrapersky/db/schema";
import { eq, notExists } from "drizzle-orm";
import { describeAuthUsers } from "./auth-users.ts";
import { insertAuthUser } from "./insert-auth-user.ts";

/**
 * On a database with Supabase's `auth.users`: gives everybody who can sign in a row there. For tables that are being filled and have
 * no profile yet.
 * @throws DomainError INVALID_STATE when this role may not
 */
export async function insertMissingAccounts(tx: Tx): Promise<void> {
  const table = await describeAuthUsers(tx);
  if (!table) return;
  const account = tx.select({ id: authUsers.id }).from(authUsers).where(eq(authUsers.id, users.id));
  const people = await tx
    .select({ id: users.id, email: users.email, name: users.name })
    .from(users)
    .where(notExists(account))
    .orderBy(users.id);
  for (const person of people) await insertAuthUser(tx, table, person);
  // What a project's own trigger made of new accounts.
  await tx.delete(profiles);
}
