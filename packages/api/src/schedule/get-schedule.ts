import type { Reader } from "@scrapersky/db";
import { scheduleRuns, schedules } from "@scrapersky/db/schema";
import { and, desc, eq, sql } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { momentsOf } from "./moments-of.ts";
import { NEXT_RUNS_TOLD, SCHEDULE_RUNS_TOLD, type ScheduleDetail } from "./schedule.contract.ts";
import { LATEST_RUN, SCHEDULE_COLUMNS, toRun, toSchedule } from "./schedule-row.ts";

/**
 * A schedule with its next runs and its latest ones.
 * @throws DomainError NOT_FOUND
 */
export async function getSchedule(
  reader: Reader,
  { tenantId, ...rights }: ContactReader,
  scheduleIdText: string,
): Promise<ScheduleDetail> {
  const scheduleId = requireUuid(scheduleIdText, "Schedule");
  const [row] = await reader
    .select(SCHEDULE_COLUMNS)
    .from(schedules)
    .leftJoinLateral(LATEST_RUN, sql`true`)
    .where(and(eq(schedules.id, scheduleId), eq(schedules.tenantId, tenantId)));
  if (!row) throw notFound("Schedule");
  const runs = await reader
    .select()
    .from(scheduleRuns)
    .where(eq(scheduleRuns.scheduleId, scheduleId))
    .orderBy(desc(scheduleRuns.ranAt), desc(scheduleRuns.id))
    .limit(SCHEDULE_RUNS_TOLD);
  const schedule = toSchedule(row, rights);
  return {
    ...schedule,
    nextRuns: nextRunsOf(schedule),
    runs: runs.map((run) => toRun(run, rights)),
  };
}

/** The one that is due next, and those after it. */
function nextRunsOf({
  nextRunAt,
  ...schedule
}: Pick<ScheduleDetail, "nextRunAt" | "cron" | "timeZone">): string[] {
  if (nextRunAt === null) return [];
  const first = new Date(nextRunAt);
  const later = momentsOf(schedule).nextOnes(NEXT_RUNS_TOLD - 1, first);
  return [first, ...later].map((at) => at.toISOString());
}
