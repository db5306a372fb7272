import type { Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { BatchCreator } from "../batch/create-batch.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { holdSchedule } from "./hold-schedule.ts";
import { isStillRunning, makeRun, noteRun } from "./make-run.ts";
import { requireSource } from "./require-source.ts";
import type { ScheduleRan } from "./schedule.contract.ts";
import type { ScheduleRunNow } from "./schedule-input.ts";
import { sourceOf } from "./schedule-row.ts";

/**
 * Runs a schedule once more, a paused one too, by the rights of whoever asks. Its next moment stays.
 * @throws DomainError NOT_FOUND; INVALID_STATE while its last batch runs and it is to leave out such runs; INVALID_INPUT when
 * there is nothing to run; FORBIDDEN; CONFLICT from the idempotency key
 */
export async function runScheduleNow(
  tx: Tx,
  caller: BatchCreator,
  { scheduleId, idempotencyKey: key }: ScheduleRunNow,
): Promise<ScheduleRan> {
  const { actor } = caller;
  const { tenantId } = actor;
  const call = { route: "schedules.runNow", key, request: { scheduleId } };
  return runOnce(tx, actor, call, async () => {
    const row = await holdSchedule(tx, { tenantId, scheduleId });
    await requireSource(tx, actor, sourceOf(row));
    if (row.overlap === "skip" && (await isStillRunning(tx, row))) {
      throw new DomainError(
        "INVALID_STATE",
        "Its last batch has not ended. Wait for it, cancel it, or let runs overlap.",
        { errorCode: "SCHEDULE_RUNNING" },
      );
    }
    const batch = await makeRun(tx, caller, row);
    if (!batch) {
      throw new DomainError("INVALID_INPUT", "The filter finds no leads now.", {
        errorCode: "NO_VALID_DOMAIN",
      });
    }
    const { batchId, jobCount } = batch;
    await noteRun(tx, row, { outcome: "created", batchId });
    await tx
      .update(schedules)
      .set({ failures: 0, lastError: null })
      .where(eq(schedules.id, row.id));
    await recordAudit(tx, caller, {
      action: "schedules.runNow",
      targetType: "schedule",
      targetId: row.id,
      detail: { batch: batchId, jobs: jobCount },
    });
    return { scheduleId: row.id, batchId, jobCount };
  });
}
