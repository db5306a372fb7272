import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";

const moved = defineStatement(
  `update profiles p set tenant_id = other.tenant_id, updated_at = now()
   from (
     select distinct on (ut.user_id) ut.user_id, ut.tenant_id
     from user_tenants ut join tenants t on t.id = ut.tenant_id
     where ut.tenant_id <> :tenantId::uuid and (:personId::uuid is null or ut.user_id = :personId::uuid)
     order by ut.user_id, t.is_active desc, ut.created_at, ut.tenant_id
   ) other
   where p.tenant_id = :tenantId::uuid and other.user_id = p.id`,
);

/**
 * Whoever leaves a tenant and is of others is at home in one of those from then on: what people do with their way in is told at
 * home, and their names stand in its list.
 * @param of the tenant that is left, and by whom; without a person by everybody
 */
export async function moveHome(tx: Tx, of: { tenantId: string; personId?: string }): Promise<void> {
  await executeRawSql(tx, moved, { tenantId: of.tenantId, personId: of.personId ?? null });
}
