import { randomUUID } from "node:crypto";
import { findDatabaseError, type Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import type { Promoting } from "../backlog/promote-jobs.ts";
import { DomainError } from "../errors/domain-error.ts";
import { findRunner } from "./find-runner.ts";
import { isStillRunning, makeRun, type ScheduleRowHeld } from "./make-run.ts";
import { rightsOf } from "./require-source.ts";
import type { SkipReason } from "./schedule.contract.ts";
import { sourceOf } from "./schedule-row.ts";

/** What came of a moment. */
export type MomentResult =
  | { outcome: "created"; batchId: string }
  | { outcome: "skipped"; reason: SkipReason }
  /** `fault` is a mistake of ours or the database's, for the log. */
  | { outcome: "failed"; error: string; fault?: unknown };

const NOBODY =
  "Whoever it runs for may not run it any more. It runs for whoever changes or resumes it.";
const OURS = "It failed on our side. If that goes on, tell whoever runs the server.";
const GONE = "The batch whose list it runs is gone. Choose another one.";

/**
 * Runs a schedule that is held, by the rights of whoever it runs for. What fails of it is undone and told; the transaction goes on.
 * @throws DatabaseError for what passes: the moment is still due then
 */
export async function runMoment(
  tx: Tx,
  queue: Promoting,
  schedule: ScheduleRowHeld,
  { isTenantOn }: { isTenantOn: boolean },
): Promise<MomentResult> {
  if (!isTenantOn) return { outcome: "skipped", reason: "tenant_off" };
  if (schedule.overlap === "skip" && (await isStillRunning(tx, schedule))) {
    return { outcome: "skipped", reason: "overlap" };
  }
  const { runBy: id, tenantId } = schedule;
  const actor = await findRunner(tx, { id, tenantId }, rightsOf(sourceOf(schedule)));
  if (!actor) return { outcome: "failed", error: NOBODY };
  const caller = { actor, requestId: randomUUID(), source: "schedule" as const, queue };
  try {
    const batch = await tx.savepoint((inner) => makeRun(inner, caller, schedule));
    if (!batch) return { outcome: "skipped", reason: "nothing" };
    const { batchId, jobCount } = batch;
    await recordAudit(tx, caller, {
      action: "schedules.run",
      targetType: "schedule",
      targetId: schedule.id,
      detail: { batch: batchId, jobs: jobCount },
    });
    return { outcome: "created", batchId };
  } catch (fault) {
    if (findDatabaseError(fault)?.retryable === true) throw fault;
    if (!(fault instanceof DomainError)) {
      return { outcome: "failed", error: OURS, fault };
    }
    return { outcome: "failed", error: fault.code === "NOT_FOUND" ? GONE : fault.message };
  }
}
