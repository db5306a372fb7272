import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { serviceAccounts, tenants, tenantSlugs } from "@scrapersky/db/schema";
import type { Actor } from "../rbac/actor.ts";
import { type Permission, PERMISSIONS, PLATFORM_PERMISSIONS } from "../rbac/permissions.ts";
import { serviceNameOf } from "./service-name.ts";

// Asked for by every call with such a key: a text is ready, a query would be built each time.
const accountById = defineStatement(
  `select a.name, t.id as tenant_id, s.slug, t.name as tenant_name
   from app.service_accounts a
   join tenants t on t.id = a.tenant_id and t.is_active
   join app.tenant_slugs s on s.tenant_id = t.id
   where a.id = :id::uuid`,
  {
    name: serviceAccounts.name,
    tenant_id: tenants.id,
    slug: tenantSlugs.slug,
    tenant_name: tenants.name,
  },
);

/** A service account, with its tenant. */
export interface ServiceAccount {
  name: string;
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
}

/**
 * A service account as one of its keys lets it act: in its own tenant, with the rights its key names and
 * none of the platform's. Undefined when it is unknown or its tenant is switched off.
 */
export async function findServiceActor(
  reader: Reader,
  key: { serviceAccountId: string; scopes: readonly string[]; keyId: string },
): Promise<Actor | undefined> {
  const row = await executeRawSqlOne(reader, accountById, { id: key.serviceAccountId });
  if (!row) return undefined;
  const { name, tenant_id: tenantId, slug: tenantSlug, tenant_name: tenantName } = row;
  return serviceActorOf({ name, tenantId, tenantSlug, tenantName }, key);
}

/** The same of an account that was found together with its key. */
export function serviceActorOf(
  { name, ...tenant }: ServiceAccount,
  key: { serviceAccountId: string; scopes: readonly string[]; keyId: string },
): Actor {
  const held = key.scopes
    .filter((scope): scope is Permission => Object.hasOwn(PERMISSIONS, scope))
    .filter((scope) => !PLATFORM_PERMISSIONS.includes(scope));
  return {
    id: key.serviceAccountId,
    kind: "service account",
    name: serviceNameOf(name),
    email: null,
    ...tenant,
    role: "service account",
    permissions: new Set(held),
    apiKeyId: key.keyId,
  };
}
