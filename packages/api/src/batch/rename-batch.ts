import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchJobs } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { noteBatch } from "../change/note-work.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BatchProgress } from "./batch.contract.ts";
import type { BatchRename } from "./batch-act.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";
import { getBatchId } from "./find-batch-id.ts";
import { holdBatch } from "./hold-batch.ts";

const renamed = defineStatement(
  `update batch_jobs b set updated_at = timezone('utc', now()),
     batch_metadata = coalesce(b.batch_metadata, '{}') || jsonb_build_object('label', nullif(:label, ''), 'renamed_at', now())
   where b.batch_id = :batchId::uuid
     and (not :isAsked::boolean or (b.batch_metadata->>'renamed_at')::timestamptz is not distinct from :expected::timestamptz)
   returning b.batch_id`,
  { batch_id: batchJobs.batchId },
);

/**
 * Gives a batch another label, whatever state it is in.
 * @throws DomainError NOT_FOUND; CONFLICT when somebody else renamed it meanwhile
 */
export async function renameBatch(
  tx: Tx,
  caller: Caller,
  { batchId: batchName, label, expectedRenamedAt: expected }: BatchRename,
): Promise<BatchProgress> {
  const { tenantId } = caller.actor;
  const batchId = await getBatchId(tx, tenantId, batchName);
  await holdBatch(tx, { batchId, tenantId });
  const version = { isAsked: expected !== undefined, expected: expected ?? null };
  if (!(await executeRawSqlOne(tx, renamed, { batchId, label, ...version }))) {
    throw new DomainError(
      "CONFLICT",
      "Somebody else renamed this batch meanwhile; look at it again.",
      { errorCode: "STALE" },
    );
  }
  await noteBatch(tx, { batchId, tenantId });
  // The log outlives what people write.
  await recordAudit(tx, caller, {
    action: "batches.rename",
    targetType: "batch",
    targetId: batchId,
  });
  return getBatchProgress(tx, tenantId, batchId);
}
