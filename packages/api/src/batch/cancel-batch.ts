import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { noteBatch } from "../change/note-work.ts";
import { noteEnded } from "../notification/note-ended.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BatchProgress } from "./batch.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";
import { BATCH } from "./batch.state.ts";
import { WINDOW } from "./batch-window.state.ts";
import { cancelledOf } from "./count-finished.ts";
import {
  type CancelledBatch,
  cancelRunning,
  type Emptying,
  endCancelled,
} from "./end-cancelled.ts";
import { getBatchId } from "./find-batch-id.ts";
import { holdBatch } from "./hold-batch.ts";

export interface BatchCanceller extends Caller {
  queue: Emptying;
}

/** Open jobs that are cancelled with their batch, in one transaction: 20 to 60 µs each, as their row stands in many indexes. */
const AT_ONCE_MAX = 2_000;

const open = defineStatement(
  `select coalesce(b.total_domains - b.completed_domains - b.failed_domains - ${cancelledOf("b")}, 0) as jobs
   from batch_jobs b where b.batch_id = :batchId::uuid`,
  { jobs: "int4" },
);

const touched = defineStatement(
  "update batch_jobs set updated_at = timezone('utc', now()) where batch_id = :batchId::uuid",
);

const begun = defineStatement(
  `insert into app.batch_windows (batch_id, next_position, state, cancelled_by)
   values (:batchId::uuid, null, ${WINDOW.to("cancel")}, :by::uuid)
   on conflict (batch_id) do update set next_position = null, state = excluded.state, cancelled_by = excluded.cancelled_by`,
);

/**
 * Cancels a batch: its unfinished jobs and their queue messages are cancelled, finished ones stay. A worker in the middle of a
 * domain notices within two seconds, and what it would write is refused. Of a large one only its window says so, from
 * when on nothing of it is started: `cancelNextOfBatch` goes on, in transactions after this one. A batch that has ended or
 * is cancelling already is answered as it is.
 *
 * Locks in the order every writer keeps: queue message, job, domain, batch, window.
 * @throws DomainError NOT_FOUND
 */
export async function cancelBatch(
  tx: Tx,
  caller: BatchCanceller,
  batchName: string,
): Promise<BatchProgress> {
  const { tenantId, id: by } = caller.actor;
  const batchId = await getBatchId(tx, tenantId, batchName);
  if (BATCH.can("cancel", await holdBatch(tx, { batchId, tenantId }))) {
    const left = (await executeRawSqlOne(tx, open, { batchId }))?.jobs ?? 0;
    const isLarge = left > AT_ONCE_MAX;
    await recordAudit(tx, caller, {
      action: "batches.cancel",
      targetType: "batch",
      targetId: batchId,
      detail: isLarge
        ? { open: left }
        : { cancelled: await cancelAtOnce(tx, caller, { batchId, tenantId }) },
    });
    if (isLarge) {
      await executeRawSql(tx, touched, { batchId });
      await executeRawSql(tx, begun, { batchId, by });
      await noteBatch(tx, { batchId, tenantId });
    }
  }
  return getBatchProgress(tx, tenantId, batchId);
}

async function cancelAtOnce(
  tx: Tx,
  { queue, actor }: BatchCanceller,
  batch: CancelledBatch,
): Promise<number> {
  const running = await cancelRunning(tx, queue, batch);
  const waiting = await endCancelled(tx, batch);
  await noteEnded(tx, [batch.batchId], actor.id);
  return running + waiting;
}
