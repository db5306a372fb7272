import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import {
  type Executor,
  executeRawSql,
  executeRawSqlOne,
  type Reader,
  type Tx,
} from "@scrapersky/db";

/** A key as its holder sends it: `sk_live_<public id>_<secret>`. */
const KEY = /^sk_live_([0-9a-f]{12})_([0-9a-f]{48})$/;
const UNKNOWN_HASH = sha256("no key has this hash");

/** Whose key it is: a person's, or a service account's. */
export type KeyHolder = { profileId: string } | { serviceAccountId: string };

export interface ApiKeyGrant {
  keyId: string;
  tenantId: string;
  holder: KeyHolder;
  scopes: string[];
  /** True when its last use should be noted again. */
  isStale: boolean;
}

interface KeyRow {
  id: string;
  tenant_id: string;
  profile_id: string | null;
  service_account_id: string;
  secret_hash: string;
  scopes: string[];
  is_usable: boolean;
  is_stale: boolean;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

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
    expiresAt?: Date;
  },
): Promise<{ id: string; key: string }> {
  const id = randomUUID();
  const prefix = randomBytes(6).toString("hex");
  const secret = randomBytes(24).toString("hex");
  await executeRawSql(
    tx,
    `insert into app.api_keys (id, tenant_id, profile_id, service_account_id, name, prefix, secret_hash, last4,
       scopes, expires_at, created_at)
     values (:id::uuid, :tenantId::uuid, :profileId::uuid, :serviceAccountId::uuid, :name, :prefix, :secretHash, :last4,
       :scopes::text[], :expiresAt::timestamptz, now())`,
    {
      id,
      tenantId: of.tenantId,
      profileId: null,
      serviceAccountId: null,
      ...of.holder,
      name: of.name,
      prefix,
      secretHash: sha256(secret),
      last4: secret.slice(-4),
      scopes: [...of.scopes],
      expiresAt: of.expiresAt ?? null,
    },
  );
  return { id, key: `sk_live_${prefix}_${secret}` };
}

/** What a key grants; undefined when it is malformed, unknown, wrong, revoked or expired: all look the same. */
export async function findApiKeyGrant(
  reader: Reader,
  key: string,
): Promise<ApiKeyGrant | undefined> {
  const [, prefix, secret] = KEY.exec(key) ?? [];
  if (prefix === undefined || secret === undefined) return undefined;
  const row = await executeRawSqlOne<KeyRow>(
    reader,
    `select id, tenant_id, profile_id, service_account_id, secret_hash, scopes,
       revoked_at is null and coalesce(expires_at > now(), true) as is_usable,
       coalesce(last_used_at < now() - interval '1 minute', true) as is_stale
     from app.api_keys where prefix = :prefix`,
    { prefix },
  );
  const isRight = timingSafeEqual(
    Buffer.from(sha256(secret)),
    Buffer.from(row?.secret_hash ?? UNKNOWN_HASH),
  );
  if (!row || !isRight || !row.is_usable) return undefined;
  return {
    keyId: row.id,
    tenantId: row.tenant_id,
    holder:
      row.profile_id === null
        ? { serviceAccountId: row.service_account_id }
        : { profileId: row.profile_id },
    scopes: row.scopes,
    isStale: row.is_stale,
  };
}

/** Notes that a key was used, at most once a minute. One statement, so it needs no transaction. */
export async function noteApiKeyUse(executor: Executor, keyId: string): Promise<void> {
  await executeRawSql(
    executor,
    `update app.api_keys set last_used_at = now()
     where id = :keyId::uuid and coalesce(last_used_at < now() - interval '1 minute', true)`,
    { keyId },
  );
}
