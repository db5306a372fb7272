import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { profiles, tenants } from "@scrapersky/db/schema";
import { tenantSlug } from "../tenant/tenant-slug.ts";
import type { Actor } from "./actor.ts";
import { heldRoles } from "./held-roles.ts";
import { type Permission, PERMISSIONS, PLATFORM_PERMISSIONS, ROLE_NAMES } from "./permissions.ts";

export interface ActorQuery {
  profileId: string;
  /**
   * Slug or id of the tenant. When absent: the person's home tenant, or the first by name where the
   * person is no member of it.
   */
  tenant?: string | undefined;
  /** Scopes of an API key: rights outside them are not held. */
  scopes?: readonly string[] | undefined;
  apiKeyId?: string | undefined;
}

const member = defineStatement(
  `select p.name, p.email, p.role as platform_role, t.id as tenant_id, ${tenantSlug("s", "t")} as slug,
     t.name as tenant_name, array_remove(array_agg(distinct r.name), null) as roles,
     array_remove(array_agg(distinct perm.name), null) as permissions
   from profiles p
   join user_tenants ut on ut.user_id = p.id
   join tenants t on t.id = ut.tenant_id and t.is_active
   left join app.tenant_slugs s on s.tenant_id = t.id
   left join lateral ${heldRoles("p.id", "t.id")} held on true
   left join roles r on r.id = held.role_id
   left join role_permissions rp on rp.role_id = r.id
   left join permissions perm on perm.id = rp.permission_id
   where p.id = :profileId::uuid and p.active
     and (:tenant::text is null or s.slug = :tenant::text or t.id::text = :tenant::text)
   group by p.id, t.id, s.slug
   order by t.id = p.tenant_id desc, t.name, t.id limit 1`,
  {
    name: profiles.name,
    email: profiles.email,
    platform_role: profiles.role,
    tenant_id: tenants.id,
    slug: "text",
    tenant_name: tenants.name,
    roles: "text[]",
    permissions: "text[]",
  },
);

/**
 * The person as a member of one tenant, with the rights of all roles held there. Undefined when the
 * person is not active, the tenant is not, or the person is no member: the three are not told apart.
 */
export async function findActor(reader: Reader, query: ActorQuery): Promise<Actor | undefined> {
  const row = await executeRawSqlOne(reader, member, {
    profileId: query.profileId,
    tenant: query.tenant?.toLowerCase() ?? null,
  });
  if (!row) return undefined;
  return {
    id: query.profileId,
    kind: "person",
    name: row.name,
    email: row.email,
    tenantId: row.tenant_id,
    tenantSlug: row.slug,
    tenantName: row.tenant_name,
    role: ROLE_NAMES.find((name) => row.roles.includes(name)) ?? row.roles[0] ?? "member",
    permissions: effectivePermissions(row, query.scopes),
    apiKeyId: query.apiKeyId ?? null,
  };
}

/** Platform rights come from GLOBAL_ADMIN alone, whatever a role's rows say. */
function effectivePermissions(
  row: { platform_role: string | null; permissions: readonly string[] },
  scopes: readonly string[] | undefined,
): ReadonlySet<Permission> {
  const isPlatformStaff = row.platform_role === "GLOBAL_ADMIN";
  const held = row.permissions
    .filter((name): name is Permission => Object.hasOwn(PERMISSIONS, name))
    .filter((name) => !PLATFORM_PERMISSIONS.includes(name));
  if (isPlatformStaff) held.push(...PLATFORM_PERMISSIONS);
  return new Set(scopes ? held.filter((name) => scopes.includes(name)) : held);
}
