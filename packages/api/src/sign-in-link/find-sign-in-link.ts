import { defineStatement, executeRawSqlOne, type Reader, typed } from "@scrapersky/db";
import { users } from "@scrapersky/db/schema";
import { hashOf } from "./create-sign-in-link.ts";
import type { LinkState, SignInLink } from "./sign-in-link.contract.ts";

const linkByToken = defineStatement(
  `select u.email, case
     when l.used_at is not null then 'used'
     when not coalesce(p.active, false) then 'disabled'
     when l.replaced_at is not null then 'replaced'
     when l.expires_at <= now() then 'expired'
     else 'open' end as state
   from app.sign_in_links l
   join app.users u on u.id = l.user_id
   join profiles p on p.id = u.id
   where l.token_hash = :tokenHash`,
  { email: users.email, state: typed<LinkState>("text") },
);

/** What a token is good for. Looking uses nothing up: mail servers open links too. */
export async function findSignInLink(reader: Reader, token: string): Promise<SignInLink> {
  const row = await executeRawSqlOne(reader, linkByToken, { tokenHash: hashOf(token) });
  return row ?? { state: "unknown", email: null };
}
