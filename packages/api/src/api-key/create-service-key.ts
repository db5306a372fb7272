import type { Tx } from "@scrapersky/db";
import { serviceAccounts } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "../rbac/actor.ts";
import { type Permission, PERMISSIONS, PLATFORM_PERMISSIONS } from "../rbac/permissions.ts";
import { createApiKey } from "./create-api-key.ts";

const NAME_LENGTH_MAX = 100;

/** What the key of a service account may do: everything in its tenant, nothing of the platform. */
const SCOPES = (Object.keys(PERMISSIONS) as Permission[]).filter(
  (name) => !PLATFORM_PERMISSIONS.includes(name),
);

/**
 * Makes a key of a tenant's service account, and the account where none has the name: several keys of one
 * name are one program's, so that it can change them without a pause.
 * @returns the key's id, and the key, which is shown this once
 * @throws DomainError INVALID_INPUT for a name or scopes that cannot be
 */
export async function createServiceKey(
  tx: Tx,
  author: Author,
  input: { tenantId: string; name: string; scopes: readonly string[] },
): Promise<{ id: string; key: string; scopes: Permission[] }> {
  const name = input.name.trim().replace(/\s+/g, " ");
  if (name === "" || name.length > NAME_LENGTH_MAX) {
    throw new DomainError(
      "INVALID_INPUT",
      `A key needs a name of at most ${NAME_LENGTH_MAX} characters.`,
    );
  }
  const scopes = readScopes(input.scopes);
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
  });
  await recordAudit(tx, author, {
    action: "apiKeys.create",
    targetType: "api key",
    targetId: made.id,
    tenantId: input.tenantId,
    detail: { name, scopes, service_account: account.id },
  });
  return { ...made, scopes };
}

function readScopes(words: readonly string[]): Permission[] {
  const wanted = [...new Set(words.map((word) => word.trim().toLowerCase()).filter(Boolean))];
  const known = `The scopes are: ${SCOPES.join(", ")}.`;
  if (wanted.length === 0) {
    throw new DomainError("INVALID_INPUT", `A key needs at least one scope. ${known}`);
  }
  const wrong = wanted.filter((word) => !SCOPES.some((scope) => scope === word));
  if (wrong.length > 0) {
    const which = wrong.map((word) => `"${word}"`).join(", ");
    throw new DomainError("INVALID_INPUT", `No key of a tenant has the scope ${which}. ${known}`);
  }
  return SCOPES.filter((scope) => wanted.includes(scope));
}
