import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import type { Author } from "../rbac/actor.ts";
import { requireOtherOwner } from "../rbac/require-owner.ts";

/**
 * Shuts a person out: signed out everywhere, no sign-in, no key, no link. Memberships stay.
 * @returns whether the person was active
 * @throws DomainError INVALID_STATE `LAST_OWNER`
 */
export async function disablePerson(tx: Tx, author: Author, personId: string): Promise<boolean> {
  await requireOtherOwner(tx, { personId });
  const changed = await setActive(tx, author, personId, false);
  if (!changed) return false;
  await executeRawSql(tx, "delete from app.sessions where user_id = :personId::uuid", { personId });
  await executeRawSql(
    tx,
    `update app.sign_in_links set replaced_at = now()
     where user_id = :personId::uuid and used_at is null and replaced_at is null`,
    { personId },
  );
  return true;
}

/**
 * Lets a person in again who was shut out.
 * @returns whether the person was shut out
 */
export const enablePerson = (tx: Tx, author: Author, personId: string): Promise<boolean> =>
  setActive(tx, author, personId, true);

async function setActive(
  tx: Tx,
  author: Author,
  personId: string,
  active: boolean,
): Promise<boolean> {
  const changed = await executeRawSqlOne(
    tx,
    `update profiles set active = :active::bool, updated_at = now()
     where id = :personId::uuid and active is distinct from :active::bool returning id`,
    { personId, active },
  );
  if (!changed) return false;
  await recordAudit(tx, author, {
    action: active ? "profiles.enable" : "profiles.disable",
    targetType: "profile",
    targetId: personId,
  });
  return true;
}
