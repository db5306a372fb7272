import type { Reader } from "@scrapersky/db";
import { serviceAccounts, tenants, tenantSlugs } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import type { Actor } from "../rbac/actor.ts";
import { type Permission, PERMISSIONS, PLATFORM_PERMISSIONS } from "../rbac/permissions.ts";
import { serviceNameOf } from "./service-name.ts";

/**
 * A service account as one of its keys lets it act: in its own tenant, with the rights its key names and
 * none of the platform's. Undefined when it is unknown or its tenant is switched off.
 */
export async function findServiceActor(
  reader: Reader,
  key: { serviceAccountId: string; scopes: readonly string[]; keyId: string },
): Promise<Actor | undefined> {
  const [row] = await reader
    .select({
      name: serviceAccounts.name,
      tenantId: tenants.id,
      slug: tenantSlugs.slug,
      tenantName: tenants.name,
    })
    .from(serviceAccounts)
    .innerJoin(tenants, and(eq(tenants.id, serviceAccounts.tenantId), tenants.isActive))
    .innerJoin(tenantSlugs, eq(tenantSlugs.tenantId, tenants.id))
    .where(eq(serviceAccounts.id, key.serviceAccountId));
  if (!row) return undefined;
  const held = key.scopes
    .filter((name): name is Permission => Object.hasOwn(PERMISSIONS, name))
    .filter((name) => !PLATFORM_PERMISSIONS.includes(name));
  return {
    id: key.serviceAccountId,
    kind: "service account",
    name: serviceNameOf(row.name),
    email: null,
    tenantId: row.tenantId,
    tenantSlug: row.slug,
    tenantName: row.tenantName,
    role: "service account",
    permissions: new Set(held),
    apiKeyId: key.keyId,
  };
}
