import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { createApiKey } from "./create-api-key.ts";
import { createServiceKey } from "./create-service-key.ts";
import type { KeyCreate, KeyMade } from "./key.contract.ts";
import { readKeyName } from "./read-key-name.ts";
import { readScopes } from "./read-scopes.ts";

/**
 * Makes a key in the caller's tenant, the caller's own or a service account's.
 * @throws DomainError INVALID_INPUT for a name, scopes or an end that cannot be; FORBIDDEN `GRANTS_MORE`, `NEEDS_PERSON`
 */
export async function createKey(tx: Tx, caller: Caller, input: KeyCreate): Promise<KeyMade> {
  const { tenantId } = caller.actor;
  const expiresAt = readEnd(input.expiresAt);
  const ends = { expiresAt: expiresAt?.toISOString() ?? null };
  if (input.holder === "service") {
    const made = await createServiceKey(tx, caller, { ...input, tenantId, expiresAt });
    return { keyId: made.id, key: made.key, scopes: made.scopes, ...ends };
  }
  const profileId = requirePerson(caller.actor);
  const name = readKeyName(input.name);
  const scopes = readScopes(input.scopes, caller);
  const made = await createApiKey(tx, { tenantId, holder: { profileId }, name, scopes, expiresAt });
  await recordAudit(tx, caller, {
    action: "keys.create",
    targetType: "api key",
    targetId: made.id,
    detail: { name, scopes, person: profileId },
  });
  return { keyId: made.id, key: made.key, scopes, ...ends };
}

function readEnd(text: string | null | undefined): Date | null {
  if (text == null) return null;
  const end = new Date(text);
  if (end.getTime() > Date.now()) return end;
  throw new DomainError("INVALID_INPUT", "A key ends in the future.", {
    fieldErrors: { expiresAt: "lies in the past" },
  });
}
