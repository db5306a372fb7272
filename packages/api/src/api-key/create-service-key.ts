import type { Tx } from "@scrapersky/db";
import { serviceAccounts } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import type { Author } from "../rbac/actor.ts";
import type { Permission } from "../rbac/permissions.ts";
import { requireLastingScopes } from "../rbac/require-lasting.ts";
import { createApiKey } from "./create-api-key.ts";
import { readKeyName } from "./read-key-name.ts";
import { readScopes } from "./read-scopes.ts";

/**
 * Makes a key of a tenant's service account, and the account where none has the name: several keys of one
 * name are one program's, so that it can change them without a pause.
 * @returns the key's id, and the key, which is shown this once
 * @throws DomainError INVALID_INPUT for a name or scopes that cannot be; FORBIDDEN `GRANTS_MORE`, `LENT_RIGHT`
 */
export async function createServiceKey(
  tx: Tx,
  author: Author,
  input: { tenantId: string; name: string; scopes: readonly string[]; expiresAt?: Date | null },
): Promise<{ id: string; key: string; scopes: Permission[] }> {
  const name = readKeyName(input.name);
  const scopes = readScopes(input.scopes, author);
  await requireLastingScopes(tx, author, scopes, input.expiresAt ?? null);
  const [account] = await tx
    .insert(serviceAccounts)
    .values({ tenantId: input.tenantId, name })
    .onConflictDoUpdate({ target: [serviceAccounts.tenantId, serviceAccounts.name], set: { name } })
    .returning({ id: serviceAccounts.id });
  if (!account) throw new Error("INSERT … RETURNING gave no row");
  const made = await createApiKey(tx, {
    tenantId: input.tenantId,
    holder: { serviceAccountId: account.id },
    name,
    scopes,
    expiresAt: input.expiresAt,
  });
  await recordAudit(tx, author, {
    action: "keys.create",
    targetType: "api key",
    targetId: made.id,
    tenantId: input.tenantId,
    detail: { name, scopes, service_account: account.id },
  });
  return { ...made, scopes };
}
