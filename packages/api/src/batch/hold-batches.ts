import { defineStatement, executeRawSql, type Tx, typed } from "@scrapersky/db";
import { batchJobs } from "@scrapersky/db/schema";
import { actedState } from "./is-cancelling.ts";
import { isNotRemoved } from "./is-removed.ts";
import { SUBJECTS } from "../lock/take-lock.ts";
import type { BatchStatus } from "../status.ts";

// In one order, so that of two who hold several neither waits for the other.
const held = defineStatement(
  `select from (select name from unnest(:batchIds::text[]) as given (name) order by name) batch
   cross join lateral pg_advisory_xact_lock(hashtextextended(batch.name, ${SUBJECTS.batch}))`,
);

const standing = defineStatement(
  `select b.batch_id, ${actedState("b")} as status from batch_jobs b
   where b.batch_id = any(:batchIds::uuid[]) and b.tenant_id = :tenantId::uuid and ${isNotRemoved("b.batch_id")}`,
  { batch_id: batchJobs.batchId, status: typed<BatchStatus>(batchJobs.status) },
);

/**
 * Waits until nobody else changes any of these batches as a whole, and gives the states of those of the tenant, by their
 * ids. Workers do not wait: they end jobs of theirs meanwhile.
 */
export async function holdBatches(
  tx: Tx,
  { batchIds, tenantId }: { batchIds: readonly string[]; tenantId: string },
): Promise<Map<string, BatchStatus>> {
  const distinct = [...new Set(batchIds)];
  await executeRawSql(tx, held, { batchIds: distinct });
  const rows = await executeRawSql(tx, standing, { batchIds: distinct, tenantId });
  return new Map(rows.map((row) => [row.batch_id, row.status]));
}
