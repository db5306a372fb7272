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
   * Whether this is the person's password there; then it is ours from now on. As slow for somebody
   * unknown as for somebody known.
   */
  adopt(call: { email: string; password: string; requestId: string }): Promise<boolean>;
}

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
    async adopt({ email, password, requestId }) {
      const known = await findSupabasePassword(db, email);
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
