import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { roleGrants, roles } from "@scrapersky/db/schema";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { isoTimeOrNull } from "../time.ts";
import type { Actor } from "./actor.ts";
import { heldRoles } from "./held-roles.ts";
import type { Assignment } from "./rbac.contract.ts";

const assignments = defineStatement(
  `select r.name as role, held.ends_at
   from ${heldRoles(":personId::uuid", ":tenantId::uuid")} held
   join roles r on r.id = held.role_id
   order by held.ends_at nulls first, r.id`,
  { role: roles.name, ends_at: nullable(roleGrants.endsAt) },
);

const member = defineStatement(
  `select 1 as found from user_tenants where user_id = :personId::uuid and tenant_id = :tenantId::uuid`,
  { found: "int4" },
);

/**
 * The roles that somebody has in the caller's tenant, those for good first.
 * @throws DomainError NOT_FOUND for nobody of the tenant
 */
export async function listAssignments(
  reader: Reader,
  { tenantId }: Actor,
  profileId: string,
): Promise<Assignment[]> {
  const of = { personId: requireUuid(profileId, "Profile"), tenantId };
  if ((await executeRawSql(reader, member, of)).length === 0) throw notFound("Profile");
  const rows = await executeRawSql(reader, assignments, of);
  return rows.map(({ role, ends_at }) => ({ role, until: isoTimeOrNull(ends_at) }));
}
