"use client";

import type { Schedule } from "@scrapersky/api/contract";
import { SCHEDULE_LIST } from "@scrapersky/api/lists";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { RowTo } from "#list/row-to.tsx";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import type { Column } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { EditSchedule } from "./edit-schedule.tsx";
import { formatLocal, RUN_LOOKS, SCHEDULE_LOOKS } from "./schedule-words.ts";

const COLUMNS: Column<Schedule>[] = [
  {
    key: "name",
    header: "Name",
    narrow: "title",
    cell: ({ scheduleId, name }) => (
      <RowTo to={`/schedules/${scheduleId}`}>
        <span dir="auto">{name}</span>
      </RowTo>
    ),
  },
  {
    key: "status",
    header: "Status",
    narrow: "aside",
    width: "w-28",
    cell: ({ status }) => <Looking look={SCHEDULE_LOOKS[status]} still />,
  },
  {
    key: "when",
    header: "When",
    narrow: "line",
    width: "lg:w-80",
    cell: ({ sentence, timeZone }) => (
      <span className="text-muted" data-hint={`${sentence}, ${timeZone}`}>
        {sentence}, {timeZone}
      </span>
    ),
  },
  {
    key: "next",
    header: "Next run",
    narrow: "meta",
    width: "w-52",
    away: "lg:max-xl:hidden",
    cell: ({ nextRunAt, timeZone }) =>
      nextRunAt === null ? (
        <Unseen what="paused" />
      ) : (
        <span className="tabular-nums">{formatLocal(nextRunAt, timeZone)}</span>
      ),
  },
  {
    key: "last",
    header: "Last run",
    narrow: "meta",
    width: "w-44",
    cell: ({ lastRun }) =>
      lastRun === null ? (
        <Unseen what="never" />
      ) : (
        <span className="inline-flex items-center gap-2 align-top">
          <Looking look={RUN_LOOKS[lastRun.outcome]} still />
          <Ago at={lastRun.ranAt} className="text-muted" />
        </span>
      ),
  },
];

const SCHEDULES: ListView<typeof SCHEDULE_LIST> = {
  list: SCHEDULE_LIST,
  labels: {
    one: "schedule",
    filters: {
      status: { by: "status", looks: SCHEDULE_LOOKS, inSight: true },
      q: { search: "Name contains" },
    },
  },
  title: "Schedules",
  told: [{ filters: { status: ["paused"] }, words: "paused" }],
  rowKey: ({ scheduleId }) => scheduleId,
  columns: COLUMNS,
};

/** What runs again by itself. */
export function SchedulesView() {
  const create = <EditSchedule />;
  return (
    <ListPage
      view={SCHEDULES}
      action={create}
      empty={
        <EmptyState title="No schedules yet" action={create}>
          A schedule scans the list of a batch, or the leads that a filter finds, again and again.
        </EmptyState>
      }
    />
  );
}
