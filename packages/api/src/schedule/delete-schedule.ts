import type { Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { holdSchedule } from "./hold-schedule.ts";

/**
 * Removes a schedule with the notes of its runs. The batches that it made stay.
 * @throws DomainError NOT_FOUND
 */
export async function deleteSchedule(
  tx: Tx,
  caller: Caller,
  scheduleId: string,
): Promise<{ scheduleId: string; deleted: true }> {
  const { tenantId } = caller.actor;
  const { id } = await holdSchedule(tx, { tenantId, scheduleId });
  await tx.delete(schedules).where(eq(schedules.id, id));
  await recordAudit(tx, caller, {
    action: "schedules.delete",
    targetType: "schedule",
    targetId: id,
  });
  return { scheduleId: id, deleted: true };
}
