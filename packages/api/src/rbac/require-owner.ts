import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { tenants } from "@scrapersky/db/schema";
import { DomainError } from "../errors/domain-error.ts";

const tenantsHeld = defineStatement(
  `select from tenants where id in (select tenant_id from user_tenants where user_id = :personId::uuid)
     and (:tenantId::uuid is null or id = :tenantId::uuid)
   order by id for no key update`,
);

const ownedAlone = defineStatement(
  `with owners as (
     select distinct ut.tenant_id, ut.user_id
     from user_tenants ut
     join profiles p on p.id = ut.user_id and p.active
     join lateral (
       select ut.role_id
       union all
       select ur.role_id from user_roles ur
       where ur.user_id = ut.user_id and (ur.tenant_id is null or ur.tenant_id = ut.tenant_id)
     ) held on true
     join roles r on r.id = held.role_id and r.name = 'owner'
   )
   select t.name from tenants t
   where t.is_active and (:tenantId::uuid is null or t.id = :tenantId::uuid)
     and exists (select from owners o where o.tenant_id = t.id and o.user_id = :personId::uuid)
     and not exists (select from owners o where o.tenant_id = t.id and o.user_id <> :personId::uuid)
   order by t.name`,
  { name: tenants.name },
);

/**
 * Refuses to take away the last active owner of a tenant: nobody inside it could undo that. Keeps its
 * tenants' other owners from being taken away at the same moment.
 * @param of the person who ceases to be owner; in one tenant, or in all of them
 * @throws DomainError INVALID_STATE `LAST_OWNER`
 */
export async function requireOtherOwner(
  tx: Tx,
  of: { personId: string; tenantId?: string },
): Promise<void> {
  const params = { personId: of.personId, tenantId: of.tenantId ?? null };
  await executeRawSql(tx, tenantsHeld, params);
  const alone = await executeRawSql(tx, ownedAlone, params);
  if (alone.length === 0) return;
  const names = alone.map(({ name }) => `"${name}"`).join(", ");
  throw new DomainError(
    "INVALID_STATE",
    `This is the last active owner of ${names}. Make somebody else owner first.`,
    { errorCode: "LAST_OWNER" },
  );
}
