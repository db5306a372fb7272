import { parseTimestamp, type Tx } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { requireLastingScopes } from "../rbac/require-lasting.ts";
import type { KeyHolder } from "./api-key.ts";
import { createApiKey } from "./create-api-key.ts";
import { getKeyOfTenant } from "./get-key-of-tenant.ts";
import type { KeyMade, KeyRotate } from "./key.contract.ts";
import { readScopes } from "./read-scopes.ts";

/**
 * Makes another key in the place of one, which goes on working for a while, so that a program changes without a pause. One
 * that ends lives as long again. One that was rotated already is not, unless the key in its place was revoked: whoever lost that
 * one before they had read it begins anew.
 * @throws DomainError NOT_FOUND; FORBIDDEN `NOT_YOURS` for another person's, `GRANTS_MORE`; INVALID_STATE `KEY_ENDED`,
 *   `KEY_ROTATED`
 */
export async function rotateKey(
  tx: Tx,
  caller: Caller,
  { keyId, overlapHours }: KeyRotate,
): Promise<KeyMade> {
  const { actor } = caller;
  const old = await getKeyOfTenant(tx, actor.tenantId, keyId);
  const holder = holderFor(caller, old);
  const expires = old.expiresAt === null ? null : parseTimestamp(old.expiresAt);
  if (old.revokedAt !== null || (expires !== null && expires.getTime() <= Date.now())) {
    throw new DomainError("INVALID_STATE", "This key has ended. Make another one.", {
      errorCode: "KEY_ENDED",
    });
  }
  const scopes = readScopes(old.scopes, caller);
  const lifeMs = lifeOf(await findEarlier(tx, old));
  const expiresAt = lifeMs === null ? null : new Date(Date.now() + lifeMs);
  // A personal key never does more than its person.
  if ("serviceAccountId" in holder) await requireLastingScopes(tx, caller, scopes, expiresAt);
  const made = await createApiKey(tx, {
    tenantId: actor.tenantId,
    holder,
    name: old.name,
    scopes,
    expiresAt,
  });
  const end = sql`now() + make_interval(hours => ${overlapHours}::int)`;
  await tx
    .update(apiKeys)
    .set({ expiresAt: sql`least(${apiKeys.expiresAt}, ${end})`, replacedBy: made.id })
    .where(eq(apiKeys.id, old.id));
  await recordAudit(tx, caller, {
    action: "keys.rotate",
    targetType: "api key",
    targetId: old.id,
    detail: { name: old.name, by: made.id, overlap_hours: overlapHours },
  });
  return { keyId: made.id, key: made.key, scopes, expiresAt: expiresAt?.toISOString() ?? null };
}

interface Lived {
  createdAt: string;
  expiresAt: string | null;
}

/** How long a key was made to live; null where it has no end. */
const lifeOf = ({ createdAt, expiresAt }: Lived): number | null =>
  expiresAt === null
    ? null
    : parseTimestamp(expiresAt).getTime() - parseTimestamp(createdAt).getTime();

/** The key that says how long the next one lives: of one that was rotated before the end is not its own. */
async function findEarlier(tx: Tx, old: Lived & { replacedBy: string | null }): Promise<Lived> {
  if (old.replacedBy === null) return old;
  const [next] = await tx
    .select({
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .where(eq(apiKeys.id, old.replacedBy));
  if (next?.revokedAt != null) return next;
  throw new DomainError(
    "INVALID_STATE",
    "This key was rotated already. Rotate the one in its place, or revoke that first.",
    { errorCode: "KEY_ROTATED" },
  );
}

/** Whoever had a new key of somebody else's would act in their name. */
function holderFor(
  { actor }: Caller,
  key: { profileId: string | null; serviceAccountId: string | null },
): KeyHolder {
  if (key.serviceAccountId !== null) return { serviceAccountId: key.serviceAccountId };
  if (key.profileId === actor.id) return { profileId: actor.id };
  throw new DomainError("FORBIDDEN", "A personal key is changed by its person alone.", {
    errorCode: "NOT_YOURS",
  });
}
