import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { writePassword } from "../profile/write-password.ts";
import { hashOf } from "./create-sign-in-link.ts";
import { findSignInLink } from "./find-sign-in-link.ts";
import type { SignInLink } from "./sign-in-link.contract.ts";

/**
 * Uses a link up: its person gets this password and is signed out wherever signed in. Of several at once
 * one succeeds. Anything but the state `open` says why nothing was done.
 */
export async function useSignInLink(
  tx: Tx,
  call: { token: string; passwordHash: string; requestId: string },
): Promise<SignInLink> {
  const tokenHash = hashOf(call.token);
  await executeRawSql(
    tx,
    "select from app.sign_in_links where token_hash = :tokenHash for update",
    {
      tokenHash,
    },
  );
  const link = await findSignInLink(tx, call.token);
  if (link.state !== "open") return link;
  const row = await executeRawSqlOne<{ id: string; user_id: string }>(
    tx,
    "update app.sign_in_links set used_at = now() where token_hash = :tokenHash returning id, user_id",
    { tokenHash },
  );
  if (!row) throw new Error("a link that was locked is gone");
  await writePassword(tx, { personId: row.user_id, hash: call.passwordHash });
  await executeRawSql(tx, "delete from app.sessions where user_id = :personId::uuid", {
    personId: row.user_id,
  });
  await recordAudit(
    tx,
    { actor: null, personId: row.user_id, requestId: call.requestId, source: "link" },
    {
      action: "signInLinks.use",
      targetType: "profile",
      targetId: row.user_id,
      detail: { link: row.id },
    },
  );
  return link;
}
