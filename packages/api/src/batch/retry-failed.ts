import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import type { Promoting } from "../backlog/promote-jobs.ts";
import { tellOverrides } from "../job/tell-overrides.ts";
import { runAgain } from "../job/run-again.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BatchRetried, BatchRetryInput } from "./batch-retry.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";
import { getBatchId } from "./find-batch-id.ts";
import { holdBatch, requireRunnable } from "./hold-batch.ts";

export interface BatchRetrier extends Caller {
  queue: Promoting;
}

/**
 * Lets the failed jobs of a batch run again, all or those of some reasons, in the order of its list and each with as many
 * tries as a new one. Lines that name no web site stay failed. Where none is left to run again nothing changes.
 * @throws DomainError NOT_FOUND; INVALID_STATE for a batch that was cancelled
 */
export async function retryFailed(
  tx: Tx,
  caller: BatchRetrier,
  { batchId: batchName, errorCodes, overrides }: BatchRetryInput,
): Promise<BatchRetried> {
  const { tenantId } = caller.actor;
  const batchId = await getBatchId(tx, tenantId, batchName);
  requireRunnable(await holdBatch(tx, { batchId, tenantId }));
  const which = { errorCodes: errorCodes ?? null };
  const again = { tenantId, batchIds: [batchId], which, overrides };
  const { count: retried } = await runAgain(tx, caller.queue, again);
  if (retried > 0) {
    await recordAudit(tx, caller, {
      action: "batches.retryFailed",
      targetType: "batch",
      targetId: batchId,
      detail: {
        retried,
        ...(errorCodes === undefined ? {} : { error_codes: errorCodes }),
        ...tellOverrides(overrides),
      },
    });
  }
  return { retried, batch: await getBatchProgress(tx, tenantId, batchId) };
}
