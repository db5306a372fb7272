import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchRemovals } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { noteBatchWithJobs } from "../change/note-work.ts";
import { notFound } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BatchProgress } from "./batch.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";
import { REMOVAL } from "./batch-removal.state.ts";
import { getBatchId } from "./find-batch-id.ts";

const takenBack = defineStatement(
  `delete from app.batch_removals
   where batch_id = :batchId::uuid and tenant_id = :tenantId::uuid and ${REMOVAL.may("restore", "state")}
   returning batch_id`,
  { batch_id: batchRemovals.batchId },
);

/**
 * Takes back that a batch was deleted: it is what it was.
 * @throws DomainError NOT_FOUND for one that was not deleted, or whose removal has begun
 */
export async function restoreBatch(
  tx: Tx,
  caller: Caller,
  batchName: string,
): Promise<BatchProgress> {
  const { tenantId } = caller.actor;
  const batchId = await getBatchId(tx, tenantId, batchName);
  if (!(await executeRawSqlOne(tx, takenBack, { batchId, tenantId }))) throw notFound("Batch");
  await noteBatchWithJobs(tx, { batchId, tenantId });
  await recordAudit(tx, caller, {
    action: "batches.restore",
    targetType: "batch",
    targetId: batchId,
  });
  return getBatchProgress(tx, tenantId, batchId);
}
