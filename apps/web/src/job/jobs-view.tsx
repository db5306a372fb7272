"use client";

import { JOB_LIST } from "@scrapersky/api/lists";
import { ListPage } from "#list/list-page.tsx";
import { usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { EmptyState } from "#ui/states.tsx";
import { BATCH_COLUMNS } from "./batch-columns.tsx";
import { JOB_LABELS } from "./job-list-labels.ts";
import { JobTable } from "./job-table.tsx";

/** All jobs of the tenant, newest first. */
export function JobsView() {
  const path = usePath();
  return (
    <ListPage
      list={JOB_LIST}
      labels={JOB_LABELS}
      title="Jobs"
      state="Every visit to one domain, newest first."
      rowKey={({ jobId }) => jobId}
      table={(jobs) => <JobTable label="Jobs" jobs={jobs} beside={BATCH_COLUMNS} />}
      empty={
        <EmptyState
          title="No jobs yet"
          action={
            <ButtonLink href={path("/batches/new")} variant="primary">
              New batch
            </ButtonLink>
          }
        >
          A batch makes one job per domain.
        </EmptyState>
      }
    />
  );
}
