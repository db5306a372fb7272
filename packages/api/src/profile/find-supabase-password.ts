import { executeRawSqlOne, type Reader } from "@scrapersky/db";
import { describeAuthUsers, mayReadPasswords, signInConditions } from "./auth-users.ts";

/** Whether the passwords that Supabase keeps can be read: there may be none, or no right to. */
export async function findPasswordAccess(
  reader: Reader,
): Promise<"readable" | "no table" | "no right"> {
  const authUsers = await describeAuthUsers(reader);
  if (!authUsers) return "no table";
  return mayReadPasswords(authUsers) ? "readable" : "no right";
}

/**
 * What a password is checked against (bcrypt) for somebody whom Supabase would let sign in, who is an
 * active member of a tenant, and who has no password of ours: that one counts alone.
 */
export async function findSupabasePassword(
  reader: Reader,
  email: string,
): Promise<{ personId: string; name: string | null; hash: string } | undefined> {
  const authUsers = await describeAuthUsers(reader);
  if (!authUsers || !mayReadPasswords(authUsers)) return undefined;
  return executeRawSqlOne(
    reader,
    `select u.id as "personId", p.name, u.encrypted_password as hash
     from auth.users u join profiles p on p.id = u.id and p.active
     where lower(u.email) = :email and u.encrypted_password <> ''${signInConditions(authUsers)}
       and exists (select from user_tenants ut where ut.user_id = u.id)
       and not exists (
         select from app.accounts a where a.user_id = u.id and a.provider_id = 'credential' and a.password is not null
       )
       and not exists (select from app.users o where o.email = :email and o.id <> u.id)
     order by u.id limit 1`,
    { email: email.trim().toLowerCase() },
  );
}
