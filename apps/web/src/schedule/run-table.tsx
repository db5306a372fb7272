"use client";

import type { ScheduleRun } from "@scrapersky/api/contract";
import { usePath } from "#shell/me.tsx";
import { Looking } from "#ui/status.tsx";
import { type Column, RowLink, Table } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { formatLocal, RUN_LOOKS, whatBecame } from "./schedule-words.ts";

const columnsOf = (path: (below: string) => string, timeZone: string): Column<ScheduleRun>[] => [
  {
    key: "due",
    header: "Due",
    narrow: "title",
    width: "w-56",
    cell: ({ dueAt, batchId }) => {
      const when = dueAt === null ? "By hand" : formatLocal(dueAt, timeZone);
      return batchId === null ? (
        <span className="tabular-nums">{when}</span>
      ) : (
        <RowLink href={path(`/batches/${batchId}`)} className="font-normal">
          <span className="tabular-nums">{when}</span>
        </RowLink>
      );
    },
  },
  {
    key: "outcome",
    header: "Outcome",
    narrow: "aside",
    width: "w-28",
    cell: ({ outcome }) => <Looking look={RUN_LOOKS[outcome]} still />,
  },
  {
    key: "words",
    header: "What happened",
    narrow: "line",
    cell: (run) => {
      const words = whatBecame(run);
      return words === null ? null : (
        <span className="text-muted" data-hint={words}>
          {words}
        </span>
      );
    },
  },
  {
    key: "ran",
    header: "At",
    narrow: "meta",
    align: "right",
    width: "w-28",
    cell: ({ ranAt }) => <Ago at={ranAt} className="text-muted" />,
  },
];

/** The latest runs; one that made a batch opens it. */
export function RunTable({ runs, timeZone }: { runs: ScheduleRun[]; timeZone: string }) {
  const path = usePath();
  return (
    <Table
      label="Runs"
      columns={columnsOf(path, timeZone)}
      rows={runs}
      rowKey={({ runId }) => runId}
    />
  );
}
