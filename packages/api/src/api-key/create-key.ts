import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { createApiKey } from "./create-api-key.ts";
import { createServiceKey } from "./create-service-key.ts";
import type { KeyCreate, KeyMade } from "./key.contract.ts";
import { readKeyName } from "./read-key-name.ts";
import { readScopes } from "./read-scopes.ts";

/**
 * Makes a key in the caller's tenant, the caller's own or a service account's. Its secret is in the answer alone, so a call that is sent
 * again with its idempotency key makes no second one, and can only be refused.
 * @throws DomainError INVALID_INPUT for a name, scopes or an end that cannot be; FORBIDDEN `GRANTS_MORE`, `NEEDS_PERSON`;
 * CONFLICT `SECRET_TOLD`, and from the idempotency key
 */
export async function createKey(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: KeyCreate,
): Promise<KeyMade> {
  let made: KeyMade | undefined;
  const call = { route: "keys.create", key, request };
  const { keyId } = await runOnce(tx, caller.actor, call, async () => {
    made = await makeKey(tx, caller, request);
    return { keyId: made.keyId };
  });
  if (made !== undefined) return made;
  throw new DomainError(
    "CONFLICT",
    `The first call with this idempotency key made the key ${keyId}, and its secret was told once. Rotate it for another one, or revoke it.`,
    { errorCode: "SECRET_TOLD" },
  );
}

async function makeKey(
  tx: Tx,
  caller: Caller,
  input: Omit<KeyCreate, "idempotencyKey">,
): Promise<KeyMade> {
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
