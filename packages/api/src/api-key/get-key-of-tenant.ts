import type { Tx } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";

/**
 * A key of the tenant, held until the transaction ends.
 * @throws DomainError NOT_FOUND
 */
export async function getKeyOfTenant(tx: Tx, tenantId: string, keyIdText: string) {
  const keyId = requireUuid(keyIdText, "Key");
  const [key] = await tx
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      profileId: apiKeys.profileId,
      serviceAccountId: apiKeys.serviceAccountId,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      replacedBy: apiKeys.replacedBy,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.id, keyId), eq(apiKeys.tenantId, tenantId)))
    .for("update");
  if (!key) throw notFound("Key");
  return key;
}
