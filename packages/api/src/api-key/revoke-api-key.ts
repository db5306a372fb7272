import { executeRawSqlOne, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "../rbac/actor.ts";

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
  const [, prefix] = /^(?:sk_live_)?([0-9a-f]{12})(?:_.*)?$/.exec(word.trim()) ?? [];
  const key = await executeRawSqlOne<{
    id: string;
    name: string;
    tenant_id: string;
    is_revoked: boolean;
  }>(
    tx,
    `select id, name, tenant_id, revoked_at is not null as is_revoked from app.api_keys
     where id::text = :id or prefix = :prefix for update`,
    { id: word.trim().toLowerCase(), prefix: prefix ?? null },
  );
  if (!key) {
    throw new DomainError(
      "NOT_FOUND",
      `There is no key with this id. \`key list\` shows all keys.`,
    );
  }
  const { id, name } = key;
  if (key.is_revoked) return { id, name, revoked: false };
  await executeRawSqlOne(tx, "update app.api_keys set revoked_at = now() where id = :id::uuid", {
    id,
  });
  await recordAudit(tx, author, {
    action: "apiKeys.revoke",
    targetType: "api key",
    targetId: id,
    tenantId: key.tenant_id,
    detail: { name },
  });
  return { id, name, revoked: true };
}
