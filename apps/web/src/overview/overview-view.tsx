"use client";

import type { BatchSummary } from "@scrapersky/api/contract";
import { BATCH_LIST, JOB_LIST } from "@scrapersky/api/lists";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { BatchTable } from "#batch/batch-table.tsx";
import { batchName } from "#batch/batch-words.ts";
import { countOf, formatCount, formatPercent } from "#format/number.ts";
import { BATCH_COLUMNS } from "#job/batch-columns.tsx";
import { JobTable } from "#job/job-table.tsx";
import { ListFrame } from "#list/list-frame.tsx";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { useMay, usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { PageHeader, SectionHeading } from "#ui/page-header.tsx";
import { countsInWords, SegmentedBar } from "#ui/segmented-bar.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Status } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { useApi } from "#trpc/client.tsx";
import { FAILED_INPUT, RECENT_INPUT, RUNNING_INPUT } from "./overview-inputs.ts";
import { listQuery } from "#list/list-query.ts";

/** What runs, what ended, and what failed lately. */
export function OverviewView() {
  const api = useApi();
  const path = usePath();
  const mayCreate = useMay("batches:create");
  const refresh = { refetchInterval: refreshWhileSeen };
  const running = useQuery({ ...listQuery(api, BATCH_LIST, RUNNING_INPUT), ...refresh });
  const recent = useQuery({ ...listQuery(api, BATCH_LIST, RECENT_INPUT), ...refresh });
  const failed = useQuery({ ...listQuery(api, JOB_LIST, FAILED_INPUT), ...refresh });
  const queries = [running, recent, failed];
  useReportFreshness(
    queries.some(({ isError }) => isError) ? "reconnecting" : "polling",
    Math.min(...queries.map(({ dataUpdatedAt }) => dataUpdatedAt)),
  );
  const newBatch = mayCreate ? (
    <ButtonLink href={path("/batches/new")} variant="primary">
      New batch
    </ButtonLink>
  ) : undefined;
  const runningBatches = running.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Overview"
        state={runningBatches.length === 0 ? "Nothing is running." : runningWords(runningBatches)}
        action={newBatch}
      />
      <SectionHeading title="Running now" />
      <ListFrame
        query={running}
        count={runningBatches.length}
        arrived={0}
        onAccept={() => undefined}
        empty={<EmptyState compact title="A new batch can be watched here as it runs" />}
      >
        <ul className="divide-y divide-line">
          {runningBatches.map((batch) => (
            <RunningBatch key={batch.batchId} batch={batch} />
          ))}
        </ul>
      </ListFrame>
      <SectionHeading
        title="Recent batches"
        action={<More href={path("/batches")}>All batches</More>}
      />
      <ListFrame
        query={recent}
        count={recent.data?.items.length ?? 0}
        arrived={0}
        onAccept={() => undefined}
        empty={<EmptyState compact title="No batch has ended yet" />}
      >
        <BatchTable label="Recent batches" batches={recent.data?.items ?? []} />
      </ListFrame>
      <SectionHeading
        title="Failed lately"
        action={<More href={path("/jobs?status=failed")}>All failed jobs</More>}
      />
      <ListFrame
        query={failed}
        count={failed.data?.items.length ?? 0}
        arrived={0}
        onAccept={() => undefined}
        empty={<EmptyState compact title="No job has failed" />}
      >
        <JobTable
          label="Failed lately"
          jobs={failed.data?.items ?? []}
          beside={BATCH_COLUMNS}
          without={["status", "pages", "attempts"]}
        />
      </ListFrame>
    </>
  );
}

const runningWords = (batches: BatchSummary[]): string => {
  const left = batches.reduce((sum, { counts }) => sum + counts.pending + counts.running, 0);
  return `${countOf(batches.length, "batch", "batches")} under way, ${countOf(left, "domain")} left.`;
};

function RunningBatch({ batch }: { batch: BatchSummary }) {
  const path = usePath();
  return (
    <li className="relative px-4 py-3 hover:bg-hover">
      <div className="flex items-baseline gap-x-3">
        <Link
          href={path(`/batches/${batch.batchId}`)}
          data-row
          prefetch={false}
          className="stretched min-w-0 truncate font-medium"
        >
          {batchName(batch)}
        </Link>
        <Status status={batch.status} className="shrink-0 self-center text-sm" />
        <span className="ml-auto shrink-0 text-sm text-muted tabular-nums">
          {formatPercent(batch.progress)}
        </span>
      </div>
      <SegmentedBar counts={batch.counts} progress={batch.progress} className="mt-2 mb-1.5" />
      <p className="text-xs text-muted">
        {formatCount(batch.total)} in all: {countsInWords(batch.counts)} · created{" "}
        <Ago at={batch.createdAt} />
      </p>
    </li>
  );
}

function More({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-accent-text underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}
