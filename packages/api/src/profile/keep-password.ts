import { executeRawSqlOne, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { writePassword } from "./write-password.ts";
import { ensureUser } from "./write-person.ts";

/** Keeps a password that was right elsewhere as a person's own, unless there is one by now. */
export async function keepPassword(
  tx: Tx,
  person: { id: string; email: string; name: string | null; hash: string; requestId: string },
): Promise<void> {
  await ensureUser(tx, person);
  const has = await executeRawSqlOne(
    tx,
    "select from app.accounts where user_id = :id::uuid and provider_id = 'credential' and password is not null",
    { id: person.id },
  );
  if (has) return;
  await writePassword(tx, { personId: person.id, hash: person.hash });
  await recordAudit(
    tx,
    { actor: null, personId: person.id, requestId: person.requestId, source: "sign-in" },
    { action: "passwords.keep", targetType: "profile", targetId: person.id },
  );
}
