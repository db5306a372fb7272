import { defineStatement, executeRawSqlOne, parseTimestamp, type Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Promoting } from "../backlog/promote-jobs.ts";
import { noteRun, type ScheduleRowHeld, wasMoment } from "./make-run.ts";
import { type Moments, momentsOf } from "./moments-of.ts";
import { type MomentResult, runMoment } from "./run-moment.ts";
import { SCHEDULE_FAILURES_MAX, SCHEDULE_LATE_MINUTES_MAX } from "./schedule.contract.ts";
import { SCHEDULE } from "./schedule.state.ts";

const LATE_MS = SCHEDULE_LATE_MINUTES_MAX * 60_000;

const dueOne = defineStatement(
  `select s.id, coalesce(t.is_active, false) as is_on, coalesce(:now::timestamptz, now()) as now
   from app.schedules s join tenants t on t.id = s.tenant_id
   where s.next_run_at <= coalesce(:now::timestamptz, now())
   order by s.next_run_at, s.id limit 1 for no key update of s skip locked`,
  { id: schedules.id, is_on: "bool", now: "timestamptz" },
);

/** What became of a schedule that was due; without a result nothing of it was to be run any more. */
export interface RanSchedule {
  scheduleId: string;
  result: MomentResult | undefined;
  /** It failed once too often, or cannot be read, and is paused. */
  isGivenUp: boolean;
}

/**
 * Runs the schedule that has been due for longest and that no other worker is at. The moment, its batch and the next moment are one
 * commit, so each moment makes one batch at most, whoever is killed.
 * @param now in the place of the database's clock
 * @returns undefined when none is due
 * @throws DatabaseError for what passes: the schedule is still due then
 */
export async function runDueSchedule(
  tx: Tx,
  queue: Promoting,
  now?: Date,
): Promise<RanSchedule | undefined> {
  const due = await executeRawSqlOne(tx, dueOne, { now: now?.toISOString() ?? null });
  if (!due) return undefined;
  const [row] = await tx.select().from(schedules).where(eq(schedules.id, due.id));
  if (!row || row.nextRunAt === null) throw new Error("a schedule that is held is there, and due");
  const [first, at] = [parseTimestamp(row.nextRunAt), parseTimestamp(due.now)];
  const moments = readStored(row);
  const { moment, isMissed } = moments ? chooseMoment(row, moments, { first, at }) : UNREAD;
  if (isMissed) {
    await noteRun(tx, row, { dueAt: row.nextRunAt, outcome: "skipped", reason: "missed" });
  }
  const isNew = moment && !(await wasMoment(tx, row, moment));
  const result = moments
    ? isNew
      ? await runMoment(tx, queue, row, { isTenantOn: due.is_on })
      : undefined
    : UNREADABLE;
  if (result) await noteResult(tx, row, moment ?? first, result);
  const isGivenUp = await goOn(tx, row, result, moments?.next(at));
  return { scheduleId: row.id, result, isGivenUp };
}

const UNREAD = { moment: undefined, isMissed: false };
const UNREADABLE: MomentResult = {
  outcome: "failed",
  error: "This server cannot read its times or does not know its time zone. Change them.",
};

/** What an earlier version could read need not be what this one can. */
function readStored(row: ScheduleRowHeld): Moments | undefined {
  try {
    return momentsOf(row);
  } catch {
    return undefined;
  }
}

/** Of the moments up to now, the one that is run; and whether others are left out. */
function chooseMoment(
  { missed }: Pick<ScheduleRowHeld, "missed">,
  moments: Moments,
  { first, at }: { first: Date; at: Date },
): { moment: Date | undefined; isMissed: boolean } {
  const last = moments.last(at) ?? first;
  const latest = last > first ? last : first;
  if (missed === "once") return { moment: latest, isMissed: false };
  const isLate = at.getTime() - latest.getTime() > LATE_MS;
  return { moment: isLate ? undefined : latest, isMissed: isLate || latest > first };
}

const noteResult = (tx: Tx, row: ScheduleRowHeld, moment: Date, result: MomentResult) =>
  noteRun(tx, row, {
    dueAt: moment.toISOString(),
    outcome: result.outcome,
    reason: result.outcome === "skipped" ? result.reason : null,
    error: result.outcome === "failed" ? result.error : null,
    batchId: result.outcome === "created" ? result.batchId : null,
  });

/** Sets its next moment, or pauses it: after too many failures, and where no moment comes. */
async function goOn(
  tx: Tx,
  row: ScheduleRowHeld,
  result: MomentResult | undefined,
  next: Date | undefined,
): Promise<boolean> {
  const { failures, lastError } = countFailures(row, result);
  const isGivenUp = next === undefined || failures >= SCHEDULE_FAILURES_MAX;
  await tx
    .update(schedules)
    .set({
      failures,
      lastError,
      ...(isGivenUp
        ? { status: SCHEDULE.moves.giveUp.to, nextRunAt: null, updatedAt: sql`clock_timestamp()` }
        : { nextRunAt: next.toISOString() }),
    })
    .where(eq(schedules.id, row.id));
  if (isGivenUp) {
    const author = { actor: null, source: "worker" as const };
    await recordAudit(tx, author, {
      action: "schedules.pause",
      targetType: "schedule",
      targetId: row.id,
      tenantId: row.tenantId,
      detail: { failures },
    });
  }
  return isGivenUp;
}

/** A run that was left out says nothing of whether the next one will do. */
function countFailures(
  { failures, lastError }: ScheduleRowHeld,
  result: MomentResult | undefined,
): Pick<ScheduleRowHeld, "failures" | "lastError"> {
  if (result?.outcome === "failed") return { failures: failures + 1, lastError: result.error };
  const went = result?.outcome === "created" || (result && result.reason === "nothing");
  return went ? { failures: 0, lastError: null } : { failures, lastError };
}
