import { timingSafeEqual } from "node:crypto";
import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { hashOfSecret, KEY_START, type KeyHolder } from "./api-key.ts";

/** A key as its holder sends it. */
const KEY = new RegExp(`^${KEY_START}([0-9a-f]{12})_([0-9a-f]{48})$`);
const UNKNOWN_HASH = hashOfSecret("no key has this hash");

export interface ApiKeyGrant {
  keyId: string;
  tenantId: string;
  holder: KeyHolder;
  scopes: string[];
  /** True when its last use should be noted again. */
  isStale: boolean;
}

const keyByPrefix = defineStatement(
  `select id, tenant_id, profile_id, service_account_id, secret_hash, scopes,
     revoked_at is null and coalesce(expires_at > now(), true) as is_usable,
     coalesce(last_used_at < now() - interval '1 minute', true) as is_stale
   from app.api_keys where prefix = :prefix`,
  {
    id: apiKeys.id,
    tenant_id: apiKeys.tenantId,
    profile_id: apiKeys.profileId,
    service_account_id: apiKeys.serviceAccountId,
    secret_hash: apiKeys.secretHash,
    scopes: apiKeys.scopes,
    is_usable: "bool",
    is_stale: "bool",
  },
);

/** What a key grants; undefined when it is malformed, unknown, wrong, revoked or expired: all look the same. */
export async function findApiKeyGrant(
  reader: Reader,
  key: string,
): Promise<ApiKeyGrant | undefined> {
  const [, prefix, secret] = KEY.exec(key) ?? [];
  if (prefix === undefined || secret === undefined) return undefined;
  const row = await executeRawSqlOne(reader, keyByPrefix, { prefix });
  const isRight = timingSafeEqual(
    Buffer.from(hashOfSecret(secret)),
    Buffer.from(row?.secret_hash ?? UNKNOWN_HASH),
  );
  if (!row || !isRight || !row.is_usable) return undefined;
  const holder = holderOf(row);
  if (holder === undefined) return undefined;
  const { id: keyId, tenant_id: tenantId, scopes, is_stale: isStale } = row;
  return { keyId, tenantId, holder, scopes, isStale };
}

/** A constraint of the table sees to it that one of them is there. */
function holderOf(row: {
  profile_id: string | null;
  service_account_id: string | null;
}): KeyHolder | undefined {
  if (row.profile_id !== null) return { profileId: row.profile_id };
  return row.service_account_id === null ? undefined : { serviceAccountId: row.service_account_id };
}
