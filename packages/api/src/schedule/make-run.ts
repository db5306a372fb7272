import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchJobs, scheduleRuns, type schedules } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { BATCH } from "../batch/batch.state.ts";
import type { BatchCreated } from "../batch/batch.contract.ts";
import { type BatchCreator, makeBatch } from "../batch/create-batch.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { findSourceList } from "./find-source-list.ts";
import { SCHEDULE_RUNS_KEPT } from "./schedule.contract.ts";
import { sourceOf } from "./schedule-row.ts";

export type ScheduleRowHeld = typeof schedules.$inferSelect;

const openBatch = defineStatement(
  `select b.batch_id from app.schedule_runs r join batch_jobs b on b.batch_id = r.batch_id
   where r.schedule_id = :scheduleId::uuid and ${BATCH.is(BATCH.open, "b.status")} limit 1`,
  { batch_id: batchJobs.batchId },
);

const old = defineStatement(
  `delete from app.schedule_runs where id in (
     select id from app.schedule_runs where schedule_id = :scheduleId::uuid
     order by ran_at desc, id desc offset ${SCHEDULE_RUNS_KEPT}
   )`,
);

/** Whether a batch that the schedule made has not ended. */
export const isStillRunning = async (
  tx: Tx,
  { id }: Pick<ScheduleRowHeld, "id">,
): Promise<boolean> => (await executeRawSqlOne(tx, openBatch, { scheduleId: id })) !== undefined;

/**
 * The batch of one run, as somebody would have submitted it; undefined when there is nothing to run.
 * @throws DomainError INVALID_INPUT, NOT_FOUND
 */
export async function makeRun(
  tx: Tx,
  caller: BatchCreator,
  schedule: ScheduleRowHeld,
): Promise<Omit<BatchCreated, "replayed"> | undefined> {
  const list = await findSourceList(tx, contactReaderOf(caller.actor), sourceOf(schedule));
  if (list === undefined) return undefined;
  const { name: label, maxPages, maxConcurrent } = schedule;
  return makeBatch(tx, caller, { label, maxPages, maxConcurrent }, list);
}

/** Whether a moment was run or left out before: clocks are set back. */
export const wasMoment = async (
  tx: Tx,
  { id }: Pick<ScheduleRowHeld, "id">,
  moment: Date,
): Promise<boolean> =>
  (await tx.$count(
    scheduleRuns,
    and(eq(scheduleRuns.scheduleId, id), eq(scheduleRuns.dueAt, moment.toISOString())),
  )) > 0;

/** Notes what became of a run, and forgets the oldest ones. */
export async function noteRun(
  tx: Tx,
  { id: scheduleId, tenantId }: Pick<ScheduleRowHeld, "id" | "tenantId">,
  run: Omit<typeof scheduleRuns.$inferInsert, "scheduleId" | "tenantId">,
): Promise<void> {
  await tx
    .insert(scheduleRuns)
    .values({ ...run, scheduleId, tenantId })
    .onConflictDoNothing();
  await executeRawSql(tx, old, { scheduleId });
}
