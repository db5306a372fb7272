import type { Reader } from "@scrapersky/db";
import { accounts } from "@scrapersky/db/schema";
import { and, eq, isNotNull } from "drizzle-orm";

/** What a person's password is checked against; undefined where there is none to sign in with. */
export async function findPasswordHash(
  reader: Reader,
  personId: string,
): Promise<string | undefined> {
  const [row] = await reader
    .select({ hash: accounts.password })
    .from(accounts)
    .where(
      and(
        eq(accounts.userId, personId),
        eq(accounts.providerId, "credential"),
        isNotNull(accounts.password),
      ),
    )
    .limit(1);
  return row?.hash ?? undefined;
}
