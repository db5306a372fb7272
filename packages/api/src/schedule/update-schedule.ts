import type { Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { columnsOf } from "./create-schedule.ts";
import { getSchedule } from "./get-schedule.ts";
import { holdSchedule } from "./hold-schedule.ts";
import { readCron } from "./read-cron.ts";
import { requireSource } from "./require-source.ts";
import type { ScheduleDetail } from "./schedule.contract.ts";
import type { ScheduleUpdate } from "./schedule-input.ts";
import { sourceOf } from "./schedule-row.ts";

/**
 * Changes a schedule when nobody else did since it was read. From then on it runs by the rights of whoever changed it, so
 * they have to be those to run all of it. Moments that passed under its former times are not missed.
 * @throws DomainError NOT_FOUND; CONFLICT; INVALID_INPUT for a cron text or a time zone that cannot be; FORBIDDEN
 */
export async function updateSchedule(
  tx: Tx,
  caller: Caller,
  { scheduleId, expectedUpdatedAt, patch: { source, ...given } }: ScheduleUpdate,
  now: Date,
): Promise<ScheduleDetail> {
  const { actor } = caller;
  const { tenantId } = actor;
  // A program may say of a setting that it is undefined, and means that it stays.
  const patch = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as typeof given;
  const row = await holdSchedule(tx, { tenantId, scheduleId });
  await requireSource(tx, actor, source ?? sourceOf(row));
  const isTimed = patch.cron !== undefined || patch.timeZone !== undefined;
  const next = isTimed ? readCron({ ...row, ...patch }, now).next(now) : undefined;
  const updated = await tx
    .update(schedules)
    .set({
      ...patch,
      ...(source && (await columnsOf(tx, tenantId, source))),
      ...(next && row.nextRunAt !== null ? { nextRunAt: next.toISOString() } : {}),
      runBy: actor.id,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(schedules.id, row.id),
        sql`${schedules.updatedAt} = ${expectedUpdatedAt}::timestamptz`,
      ),
    )
    .returning({ id: schedules.id });
  if (updated.length === 0) {
    throw new DomainError(
      "CONFLICT",
      "Somebody else changed this schedule meanwhile. Read it again.",
      { errorCode: "STALE" },
    );
  }
  await recordAudit(tx, caller, {
    action: "schedules.update",
    targetType: "schedule",
    targetId: row.id,
    detail: {
      changed: [...Object.keys(patch), ...(source ? ["source"] : [])],
      // Names are what people write, and the log outlives that.
      before: settingsOf(row, patch),
      after: settingsOf(patch, patch),
    },
  });
  return getSchedule(tx, contactReaderOf(actor), row.id);
}

const TOLD = ["cron", "timeZone", "missed", "overlap", "maxPages", "maxConcurrent"] as const;

/** Of what is changed, that which is told. */
const settingsOf = (of: Partial<Record<(typeof TOLD)[number], unknown>>, patch: object) =>
  Object.fromEntries(TOLD.filter((name) => name in patch).map((name) => [name, of[name]]));
