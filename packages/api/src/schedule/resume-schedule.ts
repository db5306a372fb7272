import type { Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { getSchedule } from "./get-schedule.ts";
import { holdSchedule } from "./hold-schedule.ts";
import { readCron } from "./read-cron.ts";
import { requireSource } from "./require-source.ts";
import type { ScheduleDetail } from "./schedule.contract.ts";
import { SCHEDULE } from "./schedule.state.ts";
import { sourceOf } from "./schedule-row.ts";

/**
 * Lets a paused schedule run from its next moment on, by the rights of whoever resumed it and with its failures forgotten.
 * One that is active is answered as it is.
 * @throws DomainError NOT_FOUND, also for a batch that is gone; FORBIDDEN
 */
export async function resumeSchedule(
  tx: Tx,
  caller: Caller,
  scheduleId: string,
  now: Date,
): Promise<ScheduleDetail> {
  const { actor } = caller;
  const { tenantId } = actor;
  const row = await holdSchedule(tx, { tenantId, scheduleId });
  if (!SCHEDULE.can("resume", row.status)) return getSchedule(tx, contactReaderOf(actor), row.id);
  await requireSource(tx, actor, sourceOf(row));
  const next = readCron(row, now).next(now);
  await tx
    .update(schedules)
    .set({
      status: SCHEDULE.moves.resume.to,
      nextRunAt: next?.toISOString(),
      failures: 0,
      lastError: null,
      runBy: actor.id,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(schedules.id, row.id));
  await recordAudit(tx, caller, {
    action: "schedules.resume",
    targetType: "schedule",
    targetId: row.id,
  });
  return getSchedule(tx, contactReaderOf(actor), row.id);
}
