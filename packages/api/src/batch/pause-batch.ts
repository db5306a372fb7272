import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import { noteBatch } from "../change/note-work.ts";
import type { Caller } from "../rbac/actor.ts";
import { WINDOW } from "./batch-window.state.ts";
import { getBatchId } from "./find-batch-id.ts";
import { holdBatch, requireOpen } from "./hold-batch.ts";
import { findPaused } from "./is-paused.ts";

const touched = defineStatement(
  "update batch_jobs set updated_at = timezone('utc', now()) where batch_id = :batchId::uuid",
);

const paused = defineStatement(
  `insert into app.batch_windows (batch_id, next_position, state) values (:batchId::uuid, null, ${WINDOW.to("pause")})
   on conflict (batch_id) do update set state = excluded.state`,
);

/**
 * Sends no more of a batch to the queue. What the queue has of it is taken back by `withdrawPaused`, in a transaction after this
 * one: whoever sends jobs holds the window until they are committed, so by then all of them are seen. A batch that is
 * paused already stays as it is.
 *
 * Locks in the order every writer keeps: batch, window.
 * @returns the batch's id
 * @throws DomainError NOT_FOUND; INVALID_STATE for a batch that is over
 */
export async function pauseBatch(tx: Tx, caller: Caller, batchName: string): Promise<string> {
  const { tenantId } = caller.actor;
  const batchId = await getBatchId(tx, tenantId, batchName);
  requireOpen(await holdBatch(tx, { batchId, tenantId }));
  if (await findPaused(tx, batchId)) return batchId;
  await executeRawSql(tx, touched, { batchId });
  await executeRawSql(tx, paused, { batchId });
  await noteBatch(tx, { batchId, tenantId });
  await recordAudit(tx, caller, {
    action: "batches.pause",
    targetType: "batch",
    targetId: batchId,
  });
  return batchId;
}
