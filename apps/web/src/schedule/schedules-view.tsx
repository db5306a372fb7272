"use client";

import type { Schedule } from "@scrapersky/api/contract";
import { SCHEDULE_LIST } from "@scrapersky/api/lists";
import type { ListLabels } from "#list/list-labels.ts";
import { ListPage } from "#list/list-page.tsx";
import { usePath } from "#shell/me.tsx";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { type Column, RowLink, Table } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { EditSchedule } from "./edit-schedule.tsx";
import { formatLocal, RUN_LOOKS, SCHEDULE_LOOKS } from "./schedule-words.ts";

const columnsOf = (path: (below: string) => string): Column<Schedule>[] => [
  {
    key: "name",
    header: "Name",
    narrow: "title",
    cell: ({ scheduleId, name }) => (
      <RowLink href={path(`/schedules/${scheduleId}`)}>
        <span dir="auto">{name}</span>
      </RowLink>
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
      <span className="text-muted" title={`${sentence}, ${timeZone}`}>
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

const LABELS: ListLabels<typeof SCHEDULE_LIST> = {
  one: "schedule",
  filters: {
    status: { by: "status", looks: SCHEDULE_LOOKS },
    q: { search: "Name contains" },
  },
};

/** What runs again by itself. */
export function SchedulesView() {
  const path = usePath();
  const create = <EditSchedule />;
  return (
    <ListPage
      list={SCHEDULE_LIST}
      labels={LABELS}
      title="Schedules"
      state="Lists and filters that run again by themselves."
      action={create}
      rowKey={({ scheduleId }) => scheduleId}
      table={(schedules) => (
        <Table
          label="Schedules"
          columns={columnsOf(path)}
          rows={schedules}
          rowKey={({ scheduleId }) => scheduleId}
        />
      )}
      empty={
        <EmptyState title="No schedules yet" action={create}>
          A schedule scans the list of a batch, or the leads that a filter finds, again and again.
        </EmptyState>
      }
    />
  );
}
