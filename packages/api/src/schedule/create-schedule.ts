import type { Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { getBatchId } from "../batch/find-batch-id.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { getSchedule } from "./get-schedule.ts";
import { readCron } from "./read-cron.ts";
import { requireSource } from "./require-source.ts";
import { SCHEDULES_MAX, type ScheduleDetail, type ScheduleSource } from "./schedule.contract.ts";
import type { ScheduleCreate } from "./schedule-input.ts";
import { SCHEDULE } from "./schedule.state.ts";

/**
 * Makes a schedule, which runs from its next moment on, by the rights of whoever made it.
 * @throws DomainError INVALID_INPUT for a cron text or a time zone that cannot be, and for one schedule too many; FORBIDDEN;
 * NOT_FOUND for a batch that the tenant does not have; CONFLICT from the idempotency key
 */
export async function createSchedule(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: ScheduleCreate,
  now: Date,
): Promise<ScheduleDetail & { replayed: boolean }> {
  const { actor } = caller;
  return runOnce(tx, actor, { route: "schedules.create", key, request }, async () => {
    const { source, ...settings } = request;
    const next = readCron(settings, now).next(now);
    await requireSource(tx, actor, source);
    await takeLock(tx, "schedules", actor.tenantId);
    const count = await tx.$count(schedules, eq(schedules.tenantId, actor.tenantId));
    if (count >= SCHEDULES_MAX) {
      throw new DomainError(
        "INVALID_INPUT",
        `A tenant has at most ${SCHEDULES_MAX} schedules: delete one that is not needed.`,
        { errorCode: "TOO_MANY_SCHEDULES" },
      );
    }
    const at = sql`clock_timestamp()`;
    const [row] = await tx
      .insert(schedules)
      .values({
        ...settings,
        ...(await columnsOf(tx, actor.tenantId, source)),
        tenantId: actor.tenantId,
        status: SCHEDULE.begins.create,
        nextRunAt: next?.toISOString(),
        createdBy: actor.id,
        runBy: actor.id,
        createdAt: at,
        updatedAt: at,
      })
      .returning({ id: schedules.id });
    if (!row) throw new Error("INSERT … RETURNING gave no row");
    await recordAudit(tx, caller, {
      action: "schedules.create",
      targetType: "schedule",
      targetId: row.id,
      detail: { cron: settings.cron, time_zone: settings.timeZone, runs: source.kind },
    });
    return getSchedule(tx, contactReaderOf(actor), row.id);
  });
}

/** What a schedule runs, as its row has it. */
export const columnsOf = async (tx: Tx, tenantId: string, source: ScheduleSource) =>
  source.kind === "batch"
    ? { batchId: await getBatchId(tx, tenantId, source.batchId), filter: null }
    : { batchId: null, filter: source.filter as Record<string, unknown> };
