import type { Tx } from "@scrapersky/db";
import { accounts } from "@scrapersky/db/schema";
import { and, eq, isNotNull } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { writePassword } from "./write-password.ts";
import { ensureUser } from "./write-person.ts";

/** Keeps a password that was right elsewhere as a person's own, unless there is one by now. */
export async function keepPassword(
  tx: Tx,
  person: { id: string; email: string; name: string | null; hash: string; requestId: string },
): Promise<void> {
  await ensureUser(tx, person);
  const [has] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.userId, person.id),
        eq(accounts.providerId, "credential"),
        isNotNull(accounts.password),
      ),
    )
    .limit(1);
  if (has) return;
  await writePassword(tx, { personId: person.id, hash: person.hash });
  await recordAudit(
    tx,
    { actor: null, personId: person.id, requestId: person.requestId, source: "sign-in" },
    { action: "passwords.keep", targetType: "profile", targetId: person.id },
  );
}
