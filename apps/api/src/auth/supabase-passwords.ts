import { findPasswordAccess, findSupabasePassword } from "@scrapersky/api";
import type { Db } from "@scrapersky/db";
import { compare, hash } from "bcryptjs";
import { hashPassword } from "better-auth/crypto";
import type { Logger } from "pino";
import { keep } from "./keep-password.step.ts";

/** GoTrue's own cost. */
const COST = 10;

/** The passwords that Supabase keeps in the database, as a way in for those who have none of ours. */
export interface SupabasePasswords {
  /**
   * The person's password there, for whoever has none of ours. To be read before ours is tried: afterwards another
   * sign-in of the same person may have made one, and this one would be refused.
   */
  find(email: string): Promise<KeptThere | undefined>;
  /**
   * Whether this is that password; then it is ours from now on. As slow for somebody unknown as for
   * somebody known.
   */
  adopt(
    known: KeptThere | undefined,
    call: { email: string; password: string; requestId: string },
  ): Promise<boolean>;
}

type KeptThere = NonNullable<Awaited<ReturnType<typeof findSupabasePassword>>>;

const REASONS = {
  "no table": "SUPABASE_PASSWORDS is on, but the database has no table auth.users",
  "no right":
    "SUPABASE_PASSWORDS is on, but the role may not read auth.users: grant it usage on schema auth and select on auth.users",
};

/** Says in the log when the setting can have no effect. */
export async function createSupabasePasswords(db: Db, log: Logger): Promise<SupabasePasswords> {
  const access = await findPasswordAccess(db);
  if (access !== "readable") log.warn({ part: "auth" }, REASONS[access]);
  const nobody = hash("the password of nobody", COST);
  return {
    find: (email) => findSupabasePassword(db, email),
    async adopt(known, { email, password, requestId }) {
      const isRight = await compare(password, known?.hash ?? (await nobody));
      if (!known || !isRight) return false;
      await keep(db, {
        id: known.personId,
        email: email.trim().toLowerCase(),
        name: known.name,
        hash: await hashPassword(password),
        requestId,
      });
      return true;
    },
  };
}
