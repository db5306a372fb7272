import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { tellBatchesEnded } from "../webhook/tell-batches-ended.ts";

const noted = defineStatement(
  `insert into app.notifications (tenant_id, profile_id, batch_id, created_at, read_at)
   select b.tenant_id, p.id, b.batch_id, clock_timestamp(),
     case when b.created_by = :endedBy::uuid then clock_timestamp() end
   from batch_jobs b join profiles p on p.id = b.created_by
   where b.batch_id = any(:batchIds::uuid[])
   on conflict (batch_id) do update set created_at = excluded.created_at, read_at = excluded.read_at`,
);

/**
 * Tells whoever made these batches that they have ended, and webhooks of their tenants; a program that made one is told by a
 * webhook. Call it in the transaction that ends them.
 * @param endedBy who ended them by hand: somebody who did so knows it
 */
export async function noteEnded(
  tx: Tx,
  batchIds: readonly string[],
  endedBy: string | null = null,
): Promise<void> {
  if (batchIds.length === 0) return;
  await executeRawSql(tx, noted, { batchIds, endedBy });
  await tellBatchesEnded(tx, batchIds);
}
