import { executeRawSqlOne, type Reader } from "@scrapersky/db";
import type { Actor } from "../rbac/actor.ts";
import { type Permission, PERMISSIONS, PLATFORM_PERMISSIONS } from "../rbac/permissions.ts";
import { serviceName } from "./service-name.ts";

/**
 * A service account as one of its keys lets it act: in its own tenant, with the rights its key names and
 * none of the platform's. Undefined when it is unknown or its tenant is switched off.
 */
export async function findServiceActor(
  reader: Reader,
  key: { serviceAccountId: string; scopes: readonly string[]; keyId: string },
): Promise<Actor | undefined> {
  const row = await executeRawSqlOne<{
    name: string;
    tenant_id: string;
    slug: string;
    tenant_name: string;
  }>(
    reader,
    `select ${serviceName("a")} as name, t.id as tenant_id, s.slug, t.name as tenant_name
     from app.service_accounts a
     join tenants t on t.id = a.tenant_id and t.is_active
     join app.tenant_slugs s on s.tenant_id = t.id
     where a.id = :id::uuid`,
    { id: key.serviceAccountId },
  );
  if (!row) return undefined;
  const held = key.scopes
    .filter((name): name is Permission => Object.hasOwn(PERMISSIONS, name))
    .filter((name) => !PLATFORM_PERMISSIONS.includes(name));
  return {
    id: key.serviceAccountId,
    kind: "service account",
    name: row.name,
    email: null,
    tenantId: row.tenant_id,
    tenantSlug: row.slug,
    tenantName: row.tenant_name,
    role: "service account",
    permissions: new Set(held),
    apiKeyId: key.keyId,
  };
}
