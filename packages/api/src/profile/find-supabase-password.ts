import type { Reader } from "@scrapersky/db";
import { authUsers } from "@scrapersky/db/auth-users";
import { accounts, profiles, users, userTenants } from "@scrapersky/db/schema";
import { and, eq, ne, sql } from "drizzle-orm";
import {
  describeAuthUsers,
  hasAuthEmail,
  mayReadPasswords,
  signInConditions,
} from "./auth-users.ts";

/** Whether the passwords that Supabase keeps can be read: there may be none, or no right to. */
export async function findPasswordAccess(
  reader: Reader,
): Promise<"readable" | "no table" | "no right"> {
  const table = await describeAuthUsers(reader);
  if (!table) return "no table";
  return mayReadPasswords(table) ? "readable" : "no right";
}

/**
 * What a password is checked against (bcrypt) for somebody whom Supabase would let sign in, who is an
 * active member of a tenant, and who has no password of ours: that one counts alone.
 */
export async function findSupabasePassword(
  reader: Reader,
  address: string,
): Promise<{ personId: string; name: string | null; hash: string } | undefined> {
  const table = await describeAuthUsers(reader);
  if (!table || !mayReadPasswords(table)) return undefined;
  const email = address.trim().toLowerCase();
  const [row] = await reader
    .select({ personId: authUsers.id, name: profiles.name, hash: authUsers.encryptedPassword })
    .from(authUsers)
    .innerJoin(profiles, and(eq(profiles.id, authUsers.id), profiles.active))
    .where(
      and(
        hasAuthEmail(email),
        ne(authUsers.encryptedPassword, ""),
        ...signInConditions(table),
        sql`exists (select from ${userTenants} where ${userTenants.userId} = ${authUsers.id})`,
        sql`not exists (select from ${accounts} where ${accounts.userId} = ${authUsers.id}
          and ${accounts.providerId} = 'credential' and ${accounts.password} is not null)`,
        sql`not exists (select from ${users} where ${users.email} = ${email} and ${users.id} <> ${authUsers.id})`,
      ),
    )
    .orderBy(authUsers.id)
    .limit(1);
  return row && row.hash !== null ? { ...row, hash: row.hash } : undefined;
}
