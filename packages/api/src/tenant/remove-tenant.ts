import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { tenantRemovals } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { moveHome } from "../profile/move-home.ts";
import type { Removing } from "./tenant-places.ts";
import { TENANT_PLACES } from "./tenant-places.ts";
import { TENANT_REMOVAL } from "./tenant-removal.state.ts";

/** Places are gone through twice: who was at work when it was deleted may have written behind the first time. */
const STAGES = 2 * TENANT_PLACES.length;

const due = defineStatement(
  `update app.tenant_removals set state = ${TENANT_REMOVAL.to("begin")}
   where tenant_id = (
     select tenant_id from app.tenant_removals
     where due_at <= now() and (${TENANT_REMOVAL.is("removing", "state")} or ${TENANT_REMOVAL.may("begin", "state")})
     order by due_at, tenant_id limit 1 for update skip locked
   )
   returning tenant_id, stage`,
  { tenant_id: tenantRemovals.tenantId, stage: tenantRemovals.stage },
);

const onwards = defineStatement(
  "update app.tenant_removals set stage = stage + 1 where tenant_id = :tenantId::uuid",
);

const withoutSignIns = defineStatement(
  `delete from app.users u using profiles p where p.tenant_id = :tenantId::uuid and u.id = p.id`,
);

const withoutPeople = defineStatement("delete from profiles where tenant_id = :tenantId::uuid");

const withoutTenant = defineStatement(
  "delete from tenants where id = :tenantId::uuid returning name",
  { name: "text" },
);

/**
 * Takes one step in the removal of a tenant that was deleted, the longest due: some of its rows, place by place, then its people
 * and itself. The audit log stays. Call it in a transaction of its own; a tenant that another is at is left alone.
 * @returns whether there was something to do
 */
export async function removeNextOfTenant(tx: Tx, queue: Removing): Promise<boolean> {
  const removal = await executeRawSqlOne(tx, due, {});
  if (!removal) return false;
  const { tenant_id: tenantId, stage } = removal;
  if (stage < STAGES) {
    const removeSome = TENANT_PLACES[stage % TENANT_PLACES.length]!;
    if (await removeSome(tx, tenantId, queue)) await executeRawSql(tx, onwards, { tenantId });
    return true;
  }
  await moveHome(tx, { tenantId });
  await executeRawSql(tx, withoutSignIns, { tenantId });
  await executeRawSql(tx, withoutPeople, { tenantId });
  const gone = await executeRawSqlOne(tx, withoutTenant, { tenantId });
  await recordAudit(
    tx,
    { actor: null, source: "worker" },
    {
      action: "tenants.remove",
      targetType: "tenant",
      targetId: tenantId,
      tenantId,
      detail: { name: gone?.name ?? null },
    },
  );
  return true;
}
