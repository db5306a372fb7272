import { randomBytes, randomUUID } from "node:crypto";
import type { Tx } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { hashOfSecret, KEY_START, type KeyHolder } from "./api-key.ts";

/**
 * Creates a key in one tenant.
 * @returns its id, and the key, which is shown this once: only its hash is kept
 */
export async function createApiKey(
  tx: Tx,
  of: {
    tenantId: string;
    holder: KeyHolder;
    name: string;
    scopes: readonly string[];
    expiresAt?: Date | null | undefined;
  },
): Promise<{ id: string; key: string }> {
  const id = randomUUID();
  const prefix = randomBytes(6).toString("hex");
  const secret = randomBytes(24).toString("hex");
  await tx.insert(apiKeys).values({
    id,
    tenantId: of.tenantId,
    ...of.holder,
    name: of.name,
    prefix,
    secretHash: hashOfSecret(secret),
    last4: secret.slice(-4),
    scopes: [...of.scopes],
    expiresAt: of.expiresAt?.toISOString(),
  });
  return { id, key: `${KEY_START}${prefix}_${secret}` };
}
