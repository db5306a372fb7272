import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { KEY_START } from "./api-key.ts";

/** A key without its secret. */
export interface ApiKey {
  id: string;
  name: string;
  /** Slug of its tenant; the name where there is no slug. */
  tenant: string;
  /** E-mail address of its person; null for a service account's. */
  person: string | null;
  /** How it begins, and its last four characters. */
  hint: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

const keys = defineStatement(
  `select k.id, k.name, coalesce(s.slug, t.name) as tenant, coalesce(p.email, k.profile_id::text) as person,
     '${KEY_START}' || k.prefix || '_…' || k.last4 as hint, k.scopes, k.created_at, k.last_used_at, k.expires_at,
     k.revoked_at
   from app.api_keys k
   join tenants t on t.id = k.tenant_id
   left join app.tenant_slugs s on s.tenant_id = t.id
   left join profiles p on p.id = k.profile_id
   where :tenantId::uuid is null or k.tenant_id = :tenantId::uuid
   order by k.created_at desc, k.id`,
  {
    id: apiKeys.id,
    name: apiKeys.name,
    tenant: "text",
    person: nullable("text"),
    hint: "text",
    scopes: apiKeys.scopes,
    created_at: apiKeys.createdAt,
    last_used_at: apiKeys.lastUsedAt,
    expires_at: apiKeys.expiresAt,
    revoked_at: apiKeys.revokedAt,
  },
);

/** All keys, the newest first; of one tenant where it is given. */
export async function listApiKeys(reader: Reader, tenantId?: string): Promise<ApiKey[]> {
  const rows = await executeRawSql(reader, keys, { tenantId: tenantId ?? null });
  return rows.map(({ created_at, last_used_at, expires_at, revoked_at, ...row }) => ({
    ...row,
    createdAt: isoTime(created_at),
    lastUsedAt: isoTimeOrNull(last_used_at),
    expiresAt: isoTimeOrNull(expires_at),
    revokedAt: isoTimeOrNull(revoked_at),
  }));
}
