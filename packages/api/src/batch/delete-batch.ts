import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchRemovals } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { noteBatchWithJobs } from "../change/note-work.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { isoTime } from "../time.ts";
import { type BatchDeleted, UNDO_SECONDS } from "./batch-act.contract.ts";
import { BATCH } from "./batch.state.ts";
import { REMOVAL } from "./batch-removal.state.ts";
import { getBatchId } from "./find-batch-id.ts";
import { holdBatch } from "./hold-batch.ts";

const asked = defineStatement(
  `insert into app.batch_removals (batch_id, tenant_id, state, due_at)
   values (:batchId::uuid, :tenantId::uuid, ${REMOVAL.begin("delete")}, now() + make_interval(secs => :undoSeconds::int))
   returning due_at, coalesce((select total_domains from batch_jobs where batch_id = :batchId::uuid), 0) as jobs`,
  { due_at: batchRemovals.dueAt, jobs: "int4" },
);

/**
 * Hides a batch that is over, with its jobs. Workers remove it after ten seconds, in which it can be restored: its jobs, their
 * attempts, its list. Leads, pages and contacts stay.
 * @throws DomainError NOT_FOUND, also for one that was deleted before; INVALID_STATE for a batch that is not over
 */
export async function deleteBatch(
  tx: Tx,
  caller: Caller,
  batchName: string,
): Promise<BatchDeleted> {
  const { tenantId } = caller.actor;
  const batchId = await getBatchId(tx, tenantId, batchName);
  const status = await holdBatch(tx, { batchId, tenantId });
  if (!BATCH.hasEnded(status)) {
    throw new DomainError("INVALID_STATE", "This batch is not over: cancel it first.", {
      errorCode: "BATCH_NOT_OVER",
    });
  }
  const row = await executeRawSqlOne(tx, asked, { batchId, tenantId, undoSeconds: UNDO_SECONDS });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  await noteBatchWithJobs(tx, { batchId, tenantId });
  await recordAudit(tx, caller, {
    action: "batches.delete",
    targetType: "batch",
    targetId: batchId,
    detail: { jobs: row.jobs },
  });
  return { batchId, jobs: row.jobs, undoUntil: isoTime(row.due_at) };
}
