import type { Reader } from "@scrapersky/db";
import type { Actor } from "../rbac/actor.ts";
import { listTenantsOf } from "../tenant/list-tenants-of.ts";
import type { Me } from "./profile.contract.ts";

/** Who calls, where, and what the caller may do there. */
export async function getMe(reader: Reader, actor: Actor): Promise<Me> {
  const tenant = { id: actor.tenantId, slug: actor.tenantSlug, name: actor.tenantName };
  return {
    id: actor.id,
    name: actor.name,
    email: actor.email,
    tenant,
    tenants: actor.kind === "person" ? await listTenantsOf(reader, actor.id) : [tenant],
    role: actor.role,
    permissions: [...actor.permissions].toSorted(),
  };
}
