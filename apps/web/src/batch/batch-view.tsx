"use client";

import { JOB_LIST } from "@scrapersky/api/lists";
import { inBatch } from "#job/in-batch.ts";
import { JOB_LABELS } from "#job/job-list-labels.ts";
import { JobTable } from "#job/job-table.tsx";
import { ListSection } from "#list/list-section.tsx";
import { useListAddress } from "#list/use-list-address.ts";
import { countOf, formatCount } from "#format/number.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath } from "#shell/me.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { PageHeader, SectionHeading } from "#ui/page-header.tsx";
import { EmptyState, ErrorCard, Skeleton } from "#ui/states.tsx";
import { Status } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { BatchHero } from "./batch-hero.tsx";
import { batchName } from "./batch-words.ts";
import { CancelBatch } from "./cancel-batch.tsx";
import { FailureList } from "./failure-list.tsx";
import { ListAgain } from "./list-again.tsx";
import { isOver } from "./is-over.ts";
import { useBatchProgress } from "./use-batch-progress.ts";

const JOBS_ID = "domains";

/** One batch while it runs and after. */
export function BatchView({ batchId }: { batchId: string }) {
  const { query, mode } = useBatchProgress(batchId);
  const { filter } = useListAddress(JOB_LIST);
  const path = usePath();
  useReportFreshness(mode, query.dataUpdatedAt);

  const batch = query.data;
  if (batch === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <BatchSkeleton />
    );
  }
  const showReason = (code: string): void => {
    filter({ status: ["failed"], errorCode: [code] });
    document.getElementById(JOBS_ID)?.scrollIntoView({ behavior: "smooth" });
  };
  return (
    <>
      <PageHeader
        back={{ href: path("/batches"), label: "Batches" }}
        title={batchName(batch)}
        state={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Status status={batch.status} />
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
            <ListAgain batch={batch} />
            <CancelBatch batch={batch} />
          </>
        }
      />
      {query.isError ? (
        <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-3" />
      ) : null}
      <BatchHero batch={batch} />
      {batch.failures.length === 0 ? null : (
        <section>
          <SectionHeading title="Why domains failed" />
          <FailureList failures={batch.failures} onShow={showReason} />
        </section>
      )}
      <section id={JOBS_ID} className="scroll-mt-14">
        <SectionHeading title="Domains" note={formatCount(batch.total)} />
        <ListSection
          list={JOB_LIST}
          labels={JOB_LABELS}
          fixed={inBatch(batchId)}
          moves={!isOver(batch.status)}
          follows={JSON.stringify([batch.status, batch.counts])}
          counts={{ status: batch.counts }}
          rowKey={({ jobId }) => jobId}
          table={(jobs) => <JobTable label="Jobs" jobs={jobs} />}
          empty={<EmptyState title="This batch has no domains" />}
        />
      </section>
    </>
  );
}

/** The batch page on its way, in its final layout. */
export function BatchSkeleton() {
  return (
    <div role="status" className="late">
      <span className="sr-only">Loading the batch</span>
      <Skeleton className="mb-2 h-6 w-64" />
      <Skeleton className="mb-5 w-80 max-w-full" />
      <Panel className="h-52 p-5">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="mt-4 w-full" />
        <Skeleton className="mt-4 w-96 max-w-full" />
      </Panel>
    </div>
  );
}
