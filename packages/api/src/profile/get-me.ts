import type { Reader } from "@scrapersky/db";
import { getOwnZone } from "../preference/own-zone.ts";
import type { Actor } from "../rbac/actor.ts";
import { listTenantsOf } from "../tenant/list-tenants-of.ts";
import type { Me } from "./profile.contract.ts";

/** Who calls, where, and what the caller may do there. */
export async function getMe(reader: Reader, actor: Actor): Promise<Me> {
  const tenant = { id: actor.tenantId, slug: actor.tenantSlug, name: actor.tenantName };
  const isPerson = actor.kind === "person";
  const [tenants, timeZone] = await Promise.all([
    isPerson ? listTenantsOf(reader, actor.id) : [tenant],
    isPerson ? getOwnZone(reader, actor.id) : null,
  ]);
  return {
    id: actor.id,
    name: actor.name,
    email: actor.email,
    tenant,
    tenants,
    role: actor.role,
    timeZone,
    permissions: [...actor.permissions].toSorted(),
  };
}
