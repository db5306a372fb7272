import type { Tx } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { eq, or, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "../rbac/actor.ts";
import { KEY_START } from "./api-key.ts";

/** A key, or its beginning. */
const BEGINNING = new RegExp(`^(?:${KEY_START})?([0-9a-f]{12})(?:_.*)?$`);

/**
 * Ends a key, for good.
 * @param word its id, or as much of the key as stands in lists: `sk_live_<public id>`
 * @returns whether it worked until now
 * @throws DomainError NOT_FOUND
 */
export async function revokeApiKey(
  tx: Tx,
  author: Author,
  word: string,
): Promise<{ id: string; name: string; revoked: boolean }> {
  const [, prefix] = BEGINNING.exec(word.trim()) ?? [];
  const [key] = await tx
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      tenantId: apiKeys.tenantId,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .where(
      or(
        eq(sql`${apiKeys.id}::text`, word.trim().toLowerCase()),
        prefix === undefined ? undefined : eq(apiKeys.prefix, prefix),
      ),
    )
    .for("update");
  if (!key) {
    throw new DomainError(
      "NOT_FOUND",
      `There is no key with this id. \`key list\` shows all keys.`,
    );
  }
  const { id, name } = key;
  if (key.revokedAt !== null) return { id, name, revoked: false };
  await tx
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(eq(apiKeys.id, id));
  await recordAudit(tx, author, {
    action: "keys.revoke",
    targetType: "api key",
    targetId: id,
    tenantId: key.tenantId,
    detail: { name },
  });
  return { id, name, revoked: true };
}
