"use client";

import type { Job } from "@scrapersky/api/contract";
import { batchNameOf } from "#batch/batch-words.ts";
import { formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { usePath } from "#shell/me.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Status } from "#ui/status.tsx";
import { RowLink, Table, type Column } from "#ui/table.tsx";
import { Ago, Elapsed } from "#ui/time.tsx";
import { whatHappened } from "./job-words.ts";

const columnsOf = (path: (below: string) => string, inBatch: boolean): Column<Job>[] => [
  {
    key: "domain",
    header: "Domain",
    narrow: "title",
    width: inBatch ? "lg:w-60 xl:w-72" : "lg:w-56 xl:w-64",
    cell: ({ jobId, domain, displayDomain }) => (
      <RowLink href={path(`/jobs/${jobId}`)} className="font-normal">
        <span className="figures" title={domain}>
          {displayDomain}
        </span>
      </RowLink>
    ),
  },
  {
    key: "status",
    header: "Status",
    narrow: "aside",
    width: "w-28",
    cell: ({ status }) => <Status status={status} />,
  },
  {
    key: "error",
    header: "What happened",
    narrow: "line",
    cell: (job) => {
      const words = whatHappened(job);
      return words === null ? null : (
        <span className="text-muted" title={words}>
          {words}
        </span>
      );
    },
  },
  {
    key: "attempts",
    header: "Attempts",
    narrow: "hidden",
    align: "right",
    width: "w-20",
    away: inBatch ? "lg:max-xl:hidden" : "lg:max-[1600px]:hidden",
    cell: ({ attempts }) =>
      attempts === 0 ? <Unseen what="not begun" /> : <span className="figures">{attempts}</span>,
  },
  {
    key: "duration",
    header: "Duration",
    narrow: "meta",
    align: "right",
    width: "w-26",
    away: "lg:max-[1100px]:hidden",
    cell: ({ status, startedAt, durationSeconds }) =>
      status === "running" && startedAt !== null ? (
        <span className="figures">
          <Elapsed since={startedAt} until={null} />
        </span>
      ) : durationSeconds === null ? (
        <span className="max-lg:hidden">
          <Unseen what="not begun" />
        </span>
      ) : (
        <span className="figures">{formatSeconds(durationSeconds)}</span>
      ),
  },
  {
    key: "pages",
    header: "Pages",
    narrow: "meta",
    align: "right",
    width: "w-18",
    away: inBatch ? undefined : "lg:max-[1100px]:hidden",
    cell: ({ pages }) =>
      pages === null ? null : (
        <span className="figures">
          {formatCount(pages)}
          <span className="font-sans lg:hidden"> {pages === 1 ? "page" : "pages"}</span>
        </span>
      ),
  },
  ...(inBatch
    ? []
    : ([
        {
          key: "batch",
          header: "Batch",
          narrow: "hidden",
          width: "w-44",
          away: "lg:max-[1400px]:hidden",
          cell: (job) => {
            const name = batchNameOf(job);
            return name === null ? (
              <Unseen what="no batch" />
            ) : (
              <span className="text-muted" title={name}>
                {name}
              </span>
            );
          },
        },
        {
          key: "created",
          header: "Created",
          narrow: "meta",
          align: "right",
          width: "w-26",
          cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted tabular-nums" />,
        },
      ] satisfies Column<Job>[])),
];

/** Jobs as rows, each opening its page. Inside a batch the batch's own columns are left out, `without` leaves out more. */
export function JobTable({
  label,
  jobs,
  inBatch = false,
  without = [],
}: {
  label: string;
  jobs: Job[];
  inBatch?: boolean;
  without?: string[];
}) {
  const path = usePath();
  return (
    <Table
      label={label}
      columns={columnsOf(path, inBatch).filter(({ key }) => !without.includes(key))}
      rows={jobs}
      rowKey={({ jobId }) => jobId}
    />
  );
}
