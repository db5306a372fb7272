"use client";

import type { BulkAction } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#ui/link.tsx";
import { formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { Facts } from "#ui/facts.tsx";
import { CallLater } from "#call/call-later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { ErrorCard, Loading, Skeleton } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { BulkActs } from "./bulk-acts.tsx";
import { BulkHero } from "./bulk-hero.tsx";
import { bulkQuery } from "./bulk-queries.ts";
import {
  BULK_LOOKS,
  BULK_WORDS,
  isBulkOpen,
  settingsInWords,
  targetInWords,
} from "./bulk-words.ts";
import { SkippedRows } from "./skipped-rows.tsx";

/** One act on many rows: how far it is, and what it left out and why. */
export function BulkView({ bulkId }: { bulkId: string }) {
  const query = useQuery({
    ...bulkQuery(useApi(), bulkId),
    refetchInterval: (asked) =>
      asked.state.data !== undefined && !isBulkOpen(asked.state.data)
        ? false
        : refreshWhileSeen(asked),
  });
  const bulk = query.data;
  const isOpen = bulk !== undefined && isBulkOpen(bulk);
  useReportFreshness(
    query.isError ? "reconnecting" : isOpen ? "polling" : "still",
    query.dataUpdatedAt,
  );
  const failure = query.isError ? (
    <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-3" />
  ) : null;
  if (bulk === undefined) {
    return (
      failure ?? (
        <Loading what="Loading the bulk action">
          <Skeleton className="mb-2 h-6 w-64" />
          <Skeleton className="w-80 max-w-full" />
        </Loading>
      )
    );
  }
  return <BulkShown bulk={bulk} failure={failure} />;
}

function BulkShown({ bulk, failure }: { bulk: BulkAction; failure: React.ReactNode }) {
  const path = usePath();
  const left = bulk.skipped + bulk.failed;
  return (
    <>
      <PageHeader
        back={{ href: path("/bulk"), label: "Bulk actions" }}
        title={BULK_WORDS[bulk.action]}
        state={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Looking look={BULK_LOOKS[bulk.status]} />
            <span>
              Begun <Ago at={bulk.createdAt} />
              {bulk.createdBy?.name == null ? null : ` by ${bulk.createdBy.name}`}
            </span>
            <CopyableId id={bulk.id} label="Copy id" />
          </span>
        }
        action={
          <>
            <BulkActs bulk={bulk} />
            <CallLater rest={`/bulk/${bulk.id}`} procedure="bulk.byId" input={{ id: bulk.id }} />
          </>
        }
      />
      {failure}
      <BulkHero bulk={bulk} />
      <div className="gap-6 xl:grid xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0">
          <SectionHeading
            title="Left as they were"
            note={left > 0 ? formatCount(left) : undefined}
          />
          <SkippedRows bulk={bulk} />
        </div>
        <div className="min-w-0">
          <SectionHeading title="What was asked for" />
          <Panel>
            <Facts facts={factsOf(bulk, path)} />
          </Panel>
        </div>
      </div>
    </>
  );
}

const factsOf = (bulk: BulkAction, path: (below: string) => string) => [
  { label: "Rows", value: targetInWords(bulk) },
  ...("ids" in bulk.target
    ? []
    : [{ label: "That came until", value: <Ago at={bulk.target.asOf} /> }]),
  { label: "Settings", value: settingsInWords(bulk.settings) || "As they come" },
  ...(bulk.batchId === null
    ? []
    : [
        {
          label: "Batch",
          value: (
            <Link
              href={path(`/batches/${bulk.batchId}`)}
              className="text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
            >
              The batch that it made
            </Link>
          ),
        },
      ]),
  { label: "Ended", value: bulk.endedAt === null ? undefined : <Ago at={bulk.endedAt} /> },
  {
    label: "Took",
    value:
      bulk.endedAt === null || bulk.startedAt === null
        ? undefined
        : formatSeconds((Date.parse(bulk.endedAt) - Date.parse(bulk.startedAt)) / 1000),
  },
];
