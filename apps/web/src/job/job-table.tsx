"use client";

import type { JobRow } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { usePath } from "#shell/me.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Status } from "#ui/status.tsx";
import { RowLink, Table, type Column } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";

const columnsOf = (path: (below: string) => string, inBatch: boolean): Column<JobRow>[] => [
  {
    key: "domain",
    header: "Domain",
    narrow: "title",
    width: "lg:w-64",
    cell: ({ jobId, domain }) => (
      <RowLink href={path(`/jobs/${jobId}`)} className="font-normal">
        <span className="figures">{domain}</span>
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
    narrow: "meta",
    cell: ({ error }) =>
      error === null ? null : (
        <span className="text-muted" title={error}>
          {error}
        </span>
      ),
  },
  {
    key: "pages",
    header: "Pages",
    narrow: "meta",
    align: "right",
    width: "w-18",
    cell: ({ pages }) =>
      pages === null ? null : (
        <span className="figures">
          {formatCount(pages)}
          <span className="font-sans lg:hidden"> {pages === 1 ? "page" : "pages"}</span>
        </span>
      ),
  },
  {
    key: "attempts",
    header: "Attempts",
    narrow: "hidden",
    align: "right",
    width: "w-20 max-xl:hidden",
    cell: ({ attempts }) => <span className="figures text-muted">{attempts}</span>,
  },
  {
    key: "duration",
    header: "Duration",
    narrow: "meta",
    align: "right",
    width: "w-22",
    cell: ({ durationSeconds }) =>
      durationSeconds === null ? (
        <span className="max-lg:hidden">
          <Unseen />
        </span>
      ) : (
        <span className="figures">{formatSeconds(durationSeconds)}</span>
      ),
  },
  ...(inBatch
    ? []
    : ([
        {
          key: "batch",
          header: "Batch",
          narrow: "hidden",
          width: "w-44 max-xl:hidden",
          cell: ({ batchLabel, batchId }) => (
            <span className="text-muted">{batchLabel ?? batchId?.slice(0, 8) ?? "–"}</span>
          ),
        },
        {
          key: "created",
          header: "Created",
          narrow: "meta",
          align: "right",
          width: "w-24",
          cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted tabular-nums" />,
        },
      ] satisfies Column<JobRow>[])),
];

/** Jobs as rows, each opening its page. Inside a batch the batch's own columns are left out. */
export function JobTable({
  label,
  jobs,
  inBatch = false,
}: {
  label: string;
  jobs: JobRow[];
  inBatch?: boolean;
}) {
  const path = usePath();
  return (
    <Table
      label={label}
      columns={columnsOf(path, inBatch)}
      rows={jobs}
      rowKey={({ jobId }) => jobId}
    />
  );
}
