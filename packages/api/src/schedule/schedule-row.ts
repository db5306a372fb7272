import { expression, nullable } from "@scrapersky/db";
import { profiles, scheduleRuns, schedules, serviceAccounts } from "@scrapersky/db/schema";
import { desc, eq } from "drizzle-orm";
import { type PgColumn, QueryBuilder } from "drizzle-orm/pg-core";
import { LEAD_LIST } from "../lead/lead-list.contract.ts";
import type { Rights } from "../list/list-rights.ts";
import type { RowOf } from "../list/row-of.ts";
import { withoutReach, withoutReachIn } from "../rbac/without-reach.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { isPersonal } from "./require-source.ts";
import type { LeadFilter, Schedule, ScheduleRun, ScheduleSource } from "./schedule.contract.ts";
import { tellCron } from "./tell-cron.ts";

const query = new QueryBuilder();

/** A person's or a program's name, by one step into an index. */
const nameOf = (id: PgColumn) =>
  expression(nullable("text"))`coalesce(
    (${query.select({ name: profiles.name }).from(profiles).where(eq(profiles.id, id))}),
    (${query
      .select({ name: SERVICE_NAME.as("name") })
      .from(serviceAccounts)
      .where(eq(serviceAccounts.id, id))})
  )`;

/** The last run of a row of `schedules`, to be joined to it. */
export const LATEST_RUN = query
  .select()
  .from(scheduleRuns)
  .where(eq(scheduleRuns.scheduleId, schedules.id))
  .orderBy(desc(scheduleRuns.ranAt), desc(scheduleRuns.id))
  .limit(1)
  .as("latest_run");

/** What a schedule is told from, where `LATEST_RUN` is joined to its row. */
export const SCHEDULE_COLUMNS = {
  scheduleId: schedules.id,
  name: schedules.name,
  status: schedules.status,
  cron: schedules.cron,
  timeZone: schedules.timeZone,
  missed: schedules.missed,
  overlap: schedules.overlap,
  batchId: schedules.batchId,
  filter: schedules.filter,
  maxPages: schedules.maxPages,
  maxConcurrent: schedules.maxConcurrent,
  nextRunAt: schedules.nextRunAt,
  failures: schedules.failures,
  lastError: schedules.lastError,
  ranAt: expression(nullable(scheduleRuns.ranAt))`${LATEST_RUN.ranAt}`,
  outcome: expression(nullable(scheduleRuns.outcome))`${LATEST_RUN.outcome}`,
  madeBatchId: expression(nullable(scheduleRuns.batchId))`${LATEST_RUN.batchId}`,
  createdBy: schedules.createdBy,
  createdByName: nameOf(schedules.createdBy),
  runBy: schedules.runBy,
  runByName: nameOf(schedules.runBy),
  createdAt: schedules.createdAt,
  updatedAt: schedules.updatedAt,
};
type ScheduleRow = RowOf<typeof SCHEDULE_COLUMNS>;

export const toSchedule = (row: ScheduleRow, rights: Rights): Schedule => ({
  scheduleId: row.scheduleId,
  name: withoutReach(row.name, rights),
  status: row.status,
  cron: row.cron,
  timeZone: row.timeZone,
  sentence: tellCron(row.cron),
  missed: row.missed,
  overlap: row.overlap,
  source: toldSource(sourceOf(row), rights),
  maxPages: row.maxPages,
  maxConcurrent: row.maxConcurrent,
  nextRunAt: isoTimeOrNull(row.nextRunAt),
  failures: row.failures,
  lastError: withoutReach(row.lastError, rights),
  lastRun:
    row.ranAt === null || row.outcome === null
      ? null
      : { ranAt: isoTime(row.ranAt), outcome: row.outcome, batchId: row.madeBatchId },
  createdBy: { id: row.createdBy, name: row.createdByName },
  runBy: { id: row.runBy, name: row.runByName },
  createdAt: isoTime(row.createdAt),
  updatedAt: isoTime(row.updatedAt),
});

/** A constraint of the table sees to it that one of them is there. */
export const sourceOf = (row: Pick<ScheduleRow, "batchId" | "filter">): ScheduleSource =>
  row.batchId === null
    ? { kind: "leads", filter: (row.filter ?? {}) as LeadFilter }
    : { kind: "batch", batchId: row.batchId };

function toldSource(source: ScheduleSource, rights: Rights): ScheduleSource {
  if (rights.mayReadContacts || source.kind === "batch") return source;
  const open = Object.entries(source.filter).filter(
    ([name]) => Object.hasOwn(LEAD_LIST.filters, name) && !isPersonal(name),
  );
  return { kind: "leads", filter: withoutReachIn(Object.fromEntries(open), rights) };
}

export const toRun = (row: typeof scheduleRuns.$inferSelect, rights: Rights): ScheduleRun => ({
  runId: row.id,
  dueAt: isoTimeOrNull(row.dueAt),
  ranAt: isoTime(row.ranAt),
  outcome: row.outcome,
  reason: row.reason,
  error: withoutReach(row.error, rights),
  batchId: row.batchId,
});
