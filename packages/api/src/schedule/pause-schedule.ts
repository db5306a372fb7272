import type { Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { getSchedule } from "./get-schedule.ts";
import { holdSchedule } from "./hold-schedule.ts";
import type { ScheduleDetail } from "./schedule.contract.ts";
import { SCHEDULE } from "./schedule.state.ts";

/**
 * Runs it no more until it is resumed. Its batches go on. One that is paused is answered as it is.
 * @throws DomainError NOT_FOUND
 */
export async function pauseSchedule(
  tx: Tx,
  caller: Caller,
  scheduleId: string,
): Promise<ScheduleDetail> {
  const { tenantId } = caller.actor;
  const { id, status } = await holdSchedule(tx, { tenantId, scheduleId });
  if (SCHEDULE.can("pause", status)) await pause(tx, caller, id);
  return getSchedule(tx, contactReaderOf(caller.actor), id);
}

async function pause(tx: Tx, caller: Caller, id: string): Promise<void> {
  await tx
    .update(schedules)
    .set({
      status: SCHEDULE.moves.pause.to,
      nextRunAt: null,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(schedules.id, id));
  await recordAudit(tx, caller, {
    action: "schedules.pause",
    targetType: "schedule",
    targetId: id,
  });
}
