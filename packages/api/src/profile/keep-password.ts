import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { findPasswordHash } from "./find-password-hash.ts";
import { writePassword } from "./write-password.ts";
import { ensureUser } from "./write-person.ts";

/** Keeps a password that was right elsewhere as a person's own, unless there is one by now. */
export async function keepPassword(
  tx: Tx,
  person: { id: string; email: string; name: string | null; hash: string; requestId: string },
): Promise<void> {
  await ensureUser(tx, person);
  if ((await findPasswordHash(tx, person.id)) !== undefined) return;
  await writePassword(tx, { personId: person.id, hash: person.hash });
  await recordAudit(
    tx,
    { actor: null, personId: person.id, requestId: person.requestId, source: "sign-in" },
    { action: "passwords.keep", targetType: "profile", targetId: person.id },
  );
}
