"use client";

import type { BatchDeleted, BatchProgress } from "@scrapersky/api/contract";
import { Suspense, useState } from "react";
import { CallLater } from "#call/call-later.tsx";
import { countOf } from "#format/number.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath } from "#shell/me.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { Later } from "#ui/later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState, ErrorCard, Loading, Skeleton, TableSkeleton } from "#ui/states.tsx";
import { Status } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { type TabEntry, Tabs, useTab } from "#ui/tabs.tsx";
import { Ago } from "#ui/time.tsx";
import { batchName } from "./batch-words.ts";
import { ListOfBatch } from "./list-of-batch.tsx";
import { RESULTS } from "./result-list-view.tsx";
import { useBatchProgress } from "./use-batch-progress.ts";
import { late } from "#ui/late.ts";

// In the page's HTML; only its script comes after that of what is pressed.
const BatchHero = late(async () => ({ default: (await import("./batch-hero.tsx")).BatchHero }));
const BatchHeaderActs = late(async () => ({
  default: (await import("./batch-header-acts.tsx")).BatchHeaderActs,
}));
// Results come first; what the other parts need comes when they are opened.
const VisitList = late(async () => ({ default: (await import("./visit-list.tsx")).VisitList }));
const DeletedBatch = late(async () => ({
  default: (await import("./deleted-batch.tsx")).DeletedBatch,
}));
const FailureList = late(async () => ({
  default: (await import("./failure-list.tsx")).FailureList,
}));

const tabsOf = ({ total, counts, failures }: BatchProgress) =>
  [
    { name: "results", word: "Results", count: total },
    { name: "visits", word: "Visits" },
    {
      name: "reasons",
      word: "Reasons",
      count: failures.length === 0 ? 0 : counts.failed,
    },
  ] as const satisfies TabEntry<string>[];

/** One batch while it runs and after: what it brought, then its visits, and why some brought nothing. */
export function BatchView({ batchId }: { batchId: string }) {
  const { query, mode } = useBatchProgress(batchId);
  const path = usePath();
  useReportFreshness(mode, query.dataUpdatedAt);

  const [deleted, setDeleted] = useState<BatchDeleted | null>(null);
  const batch = query.data;
  if (batch === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <BatchSkeleton />
    );
  }
  if (deleted !== null) {
    return (
      <Suspense fallback={<BatchSkeleton />}>
        <DeletedBatch batch={batch} deleted={deleted} onRestored={() => setDeleted(null)} />
      </Suspense>
    );
  }
  return (
    <>
      <PageHeader
        back={{ href: path("/batches"), label: "Batches" }}
        title={batchName(batch)}
        state={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Status status={batch.status} />
            {batch.paused || batch.cancelling ? (
              <span className="font-medium text-text">
                {batch.paused ? "Paused" : "Cancelling"}
              </span>
            ) : null}
            <span>
              Created <Ago at={batch.createdAt} />
              {batch.createdBy?.name == null ? null : ` by ${batch.createdBy.name}`}
            </span>
            <span>
              At most {countOf(batch.maxPages, "page")} a domain, {batch.maxConcurrent} at once
            </span>
            <CopyableId id={batch.batchId} label="Copy batch id" />
          </span>
        }
        action={
          <>
            <Later place={<span className="h-8 w-40 pointer-coarse:h-11" />}>
              <BatchHeaderActs batch={batch} onDeleted={setDeleted} />
            </Later>
            <CallLater
              rest={`/batch_page_scraper/batch/${batch.batchId}/status`}
              procedure="batches.byId"
              input={{ batchId: batch.batchId }}
            />
          </>
        }
      />
      {query.isError ? (
        <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-3" />
      ) : null}
      <Suspense fallback={<HeroSkeleton />}>
        <BatchHero batch={batch} />
      </Suspense>
      <BatchParts batch={batch} />
    </>
  );
}

function BatchParts({ batch }: { batch: BatchProgress }) {
  const tabs = tabsOf(batch);
  const tab = useTab(tabs);
  return (
    <>
      <Tabs label="Parts of the batch" tabs={tabs} className="mt-6 mb-3" />
      {tab === "reasons" ? (
        batch.failures.length === 0 ? (
          <Panel>
            <EmptyState compact title="No domain of this batch has failed" />
          </Panel>
        ) : (
          <Suspense fallback={<TableSkeleton rows={3} />}>
            <FailureList batch={batch} />
          </Suspense>
        )
      ) : tab === "visits" ? (
        <Suspense fallback={<TableSkeleton rows={8} />}>
          <VisitList batch={batch} />
        </Suspense>
      ) : (
        <ListOfBatch batch={batch} view={RESULTS} />
      )}
    </>
  );
}

/** The batch page on its way, in its final layout. */
export function BatchSkeleton() {
  return (
    <Loading what="Loading the batch">
      <Skeleton className="mb-2 h-6 w-64" />
      <Skeleton className="mb-5 w-80 max-w-full" />
      <HeroSkeleton />
    </Loading>
  );
}

const HeroSkeleton = () => (
  <Panel className="h-44 p-5">
    <Skeleton className="h-7 w-96 max-w-full" />
    <Skeleton className="mt-4 w-full" />
    <Skeleton className="mt-4 w-96 max-w-full" />
  </Panel>
);
