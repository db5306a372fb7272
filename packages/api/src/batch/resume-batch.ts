import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { type Promoting, promoteJobs } from "../backlog/promote-jobs.ts";
import { noteBatch } from "../change/note-work.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BatchProgress } from "./batch.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";
import { WINDOW } from "./batch-window.state.ts";
import { cancelledOf } from "./count-finished.ts";
import { getBatchId } from "./find-batch-id.ts";
import { holdBatch, requireOpen } from "./hold-batch.ts";
import { findPaused } from "./is-paused.ts";

export interface BatchResumer extends Caller {
  queue: Promoting;
}

// How long it stood still says nothing of how it goes on: the pace is told from `again_at`.
const touched = defineStatement(
  `update batch_jobs b set updated_at = timezone('utc', now()),
     batch_metadata = case when b.start_time is null then b.batch_metadata
       else coalesce(b.batch_metadata, '{}') || jsonb_build_object('again_at', now(),
         'again_ended', b.completed_domains + b.failed_domains + ${cancelledOf("b")}) end
   where b.batch_id = :batchId::uuid`,
);

const resumed = defineStatement(
  `update app.batch_windows set state = ${WINDOW.to("resume")}
   where batch_id = :batchId::uuid and ${WINDOW.may("resume", "state")}`,
);

/**
 * Goes on with a paused batch where it stopped. One that is not paused is answered as it is.
 *
 * Locks in the order every writer keeps: batch, window.
 * @throws DomainError NOT_FOUND; INVALID_STATE for a batch that is over
 */
export async function resumeBatch(
  tx: Tx,
  caller: BatchResumer,
  batchName: string,
): Promise<BatchProgress> {
  const { tenantId } = caller.actor;
  const batchId = await getBatchId(tx, tenantId, batchName);
  requireOpen(await holdBatch(tx, { batchId, tenantId }));
  if (await findPaused(tx, batchId)) {
    await executeRawSql(tx, touched, { batchId });
    await executeRawSql(tx, resumed, { batchId });
    await noteBatch(tx, { batchId, tenantId });
    await promoteJobs(tx, caller.queue, [batchId]);
    await recordAudit(tx, caller, {
      action: "batches.resume",
      targetType: "batch",
      targetId: batchId,
    });
  }
  return getBatchProgress(tx, tenantId, batchId);
}
