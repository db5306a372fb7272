import { executeRawSqlOne, type Reader } from "@scrapersky/db";
import { hashOf } from "./create-sign-in-link.ts";
import type { LinkState, SignInLink } from "./sign-in-link.contract.ts";

/** What a token is good for. Looking uses nothing up: mail servers open links too. */
export async function findSignInLink(reader: Reader, token: string): Promise<SignInLink> {
  const row = await executeRawSqlOne<{ state: LinkState; email: string }>(
    reader,
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
    { tokenHash: hashOf(token) },
  );
  return row ?? { state: "unknown", email: null };
}
