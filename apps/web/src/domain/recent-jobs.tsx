"use client";

import type { DomainDetail, JobStatus } from "@scrapersky/api/contract";
import { usePath } from "#shell/me.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Status } from "#ui/status.tsx";
import { RowLink, Table } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { shortId } from "#ui/copy-button.tsx";

type RecentJob = DomainDetail["recentJobs"][number];

/** The last visits to a site. */
export function RecentJobs({ jobs }: { jobs: RecentJob[] }) {
  const path = usePath();
  if (jobs.length === 0) return <EmptyState compact title="No job is kept" />;
  return (
    <Table
      label="Recent jobs"
      rows={jobs}
      rowKey={({ jobId }) => jobId}
      columns={[
        {
          key: "job",
          header: "Job",
          narrow: "title",
          cell: ({ jobId }) => (
            <RowLink href={path(`/jobs/${jobId}`)} className="font-normal">
              <span className="figures">{shortId(jobId)}</span>
            </RowLink>
          ),
        },
        {
          key: "status",
          header: "Status",
          narrow: "aside",
          width: "w-32",
          cell: ({ status }) => <Status status={status as JobStatus} />,
        },
        {
          key: "created",
          header: "Created",
          narrow: "meta",
          align: "right",
          width: "w-28",
          cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted" />,
        },
      ]}
    />
  );
}
