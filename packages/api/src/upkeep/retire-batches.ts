import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { batchRemovals } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { BATCH } from "../batch/batch.state.ts";
import { REMOVAL } from "../batch/batch-removal.state.ts";

/** Batches of one step. */
const BATCHES_MAX = 100;

const due = defineStatement(
  `insert into app.batch_removals (batch_id, tenant_id, state, due_at)
   select b.batch_id, b.tenant_id, ${REMOVAL.begin("delete")}, now()
   from app.tenant_settings s join batch_jobs b on b.tenant_id = s.tenant_id
   where b.end_time < now() - make_interval(days => s.keep_batches_days) and ${BATCH.is(BATCH.ended, "b.status")}
     and not exists (select from app.batch_removals r where r.batch_id = b.batch_id)
   order by b.end_time limit ${BATCHES_MAX} for update of b skip locked
   on conflict (batch_id) do nothing
   returning batch_id, tenant_id`,
  { batch_id: batchRemovals.batchId, tenant_id: batchRemovals.tenantId },
);

/**
 * Hands batches that ended longer ago than their tenant keeps them to the removal of deleted batches, the oldest first. Call it in
 * a transaction of its own. @returns how many
 */
export async function retireBatches(tx: Tx): Promise<number> {
  const rows = await executeRawSql(tx, due, {});
  const byTenant = Map.groupBy(rows, ({ tenant_id }) => tenant_id);
  for (const [tenantId, batches] of byTenant) {
    await recordAudit(
      tx,
      { actor: null, source: "worker" },
      {
        action: "batches.retire",
        targetType: "tenant",
        targetId: tenantId,
        tenantId,
        detail: { batches: batches.length },
      },
    );
  }
  return rows.length;
}
