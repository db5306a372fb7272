import { timingSafeEqual } from "node:crypto";
import { defineStatement, executeRawSqlOne, nullable, type Reader } from "@scrapersky/db";
import { apiKeys, serviceAccounts, tenants, tenantSlugs } from "@scrapersky/db/schema";
import type { ServiceAccount } from "../service-account/find-service-actor.ts";
import { hashOfSecret, KEY_START, type KeyHolder } from "./api-key.ts";

/** A key as its holder sends it. */
const KEY = new RegExp(`^${KEY_START}([0-9a-f]{12})_([0-9a-f]{48})$`);
const UNKNOWN_HASH = hashOfSecret("no key has this hash");

export interface ApiKeyGrant {
  keyId: string;
  tenantId: string;
  holder: KeyHolder;
  /** Of a service's key: its account; null where its tenant is switched off. */
  account: ServiceAccount | null;
  scopes: string[];
  /** True when its last use should be noted again. */
  isStale: boolean;
}

// One way to the database for a program's key: every call of one begins with this.
const keyByPrefix = defineStatement(
  `select k.id, k.tenant_id, k.profile_id, k.service_account_id, k.secret_hash, k.scopes,
     k.revoked_at is null and coalesce(k.expires_at > now(), true) as is_usable,
     coalesce(k.last_used_at < now() - interval '1 minute', true) as is_stale,
     a.name as account, t.id as account_tenant, s.slug, t.name as tenant_name
   from app.api_keys k
   left join app.service_accounts a on a.id = k.service_account_id
   left join tenants t on t.id = a.tenant_id and t.is_active
   left join app.tenant_slugs s on s.tenant_id = t.id
   where k.prefix = :prefix`,
  {
    id: apiKeys.id,
    tenant_id: apiKeys.tenantId,
    profile_id: apiKeys.profileId,
    service_account_id: apiKeys.serviceAccountId,
    secret_hash: apiKeys.secretHash,
    scopes: apiKeys.scopes,
    is_usable: "bool",
    is_stale: "bool",
    account: nullable(serviceAccounts.name),
    account_tenant: nullable(tenants.id),
    slug: nullable(tenantSlugs.slug),
    tenant_name: nullable(tenants.name),
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
  return { keyId, tenantId, holder, account: accountOf(row), scopes, isStale };
}

function accountOf(row: {
  account: string | null;
  account_tenant: string | null;
  slug: string | null;
  tenant_name: string | null;
}): ServiceAccount | null {
  const {
    account: name,
    account_tenant: tenantId,
    slug: tenantSlug,
    tenant_name: tenantName,
  } = row;
  return name === null || tenantId === null || tenantSlug === null || tenantName === null
    ? null
    : { name, tenantId, tenantSlug, tenantName };
}

/** A constraint of the table sees to it that one of them is there. */
function holderOf(row: {
  profile_id: string | null;
  service_account_id: string | null;
}): KeyHolder | undefined {
  if (row.profile_id !== null) return { profileId: row.profile_id };
  return row.service_account_id === null ? undefined : { serviceAccountId: row.service_account_id };
}
