"use client";

import type { ScheduleDetail } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#ui/link.tsx";
import { countOf, formatCount } from "#format/number.ts";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Facts } from "#ui/facts.tsx";
import { CallLater } from "#call/call-later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState, ErrorCard, Skeleton } from "#ui/states.tsx";
import { Looking, ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { sourceWords } from "./lead-filter.ts";
import { NextRuns } from "./next-runs.tsx";
import { RunTable } from "./run-table.tsx";
import { ScheduleActs, useScheduleActs } from "./schedule-acts.tsx";
import { scheduleQuery } from "./schedule-queries.ts";
import { SCHEDULE_LOOKS } from "./schedule-words.ts";

const LINK =
  "text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current";

/** One schedule: what it does next, and what became of its last runs. */
export function ScheduleView({ scheduleId }: { scheduleId: string }) {
  const query = useQuery({
    ...scheduleQuery(useApi(), scheduleId),
    refetchInterval: refreshWhileSeen,
  });
  useReportFreshness(query.isError ? "reconnecting" : "polling", query.dataUpdatedAt);
  const failure = query.isError ? (
    <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-3" />
  ) : null;
  if (query.data === undefined) {
    return (
      failure ?? (
        <div role="status" className="late">
          <span className="sr-only">Loading the schedule</span>
          <Skeleton className="mb-2 h-6 w-64" />
          <Skeleton className="w-80 max-w-full" />
        </div>
      )
    );
  }
  return (
    <>
      <ScheduleShown schedule={query.data} failure={failure} />
    </>
  );
}

function ScheduleShown({
  schedule,
  failure,
}: {
  schedule: ScheduleDetail;
  failure: React.ReactNode;
}) {
  const path = usePath();
  const acts = useScheduleActs(schedule);
  const { status, sentence, timeZone, nextRuns, runs } = schedule;
  return (
    <>
      <PageHeader
        back={{ href: path("/schedules"), label: "Schedules" }}
        title={<span dir="auto">{schedule.name}</span>}
        state={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Looking look={SCHEDULE_LOOKS[status]} still />
            <span>
              {sentence}, {timeZone}
            </span>
          </span>
        }
        action={
          <>
            <ScheduleActs schedule={schedule} acts={acts} />
            <CallLater
              rest={`/schedules/${schedule.scheduleId}`}
              procedure="schedules.byId"
              input={{ scheduleId: schedule.scheduleId }}
            />
          </>
        }
      />
      {failure}
      {acts.isError ? <ErrorCard error={acts.error} className="mb-3" /> : null}
      {schedule.lastError === null ? null : <LastError schedule={schedule} />}
      <div className="gap-6 xl:grid xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0">
          <SectionHeading title="Runs" />
          <Panel>
            {runs.length === 0 ? (
              <EmptyState title="It has not run yet" />
            ) : (
              <RunTable runs={runs} timeZone={timeZone} />
            )}
          </Panel>
        </div>
        <div className="min-w-0">
          <SectionHeading title="Next runs" note={timeZone} />
          <Panel>
            {nextRuns.length === 0 ? (
              <EmptyState compact title="None while it is paused" />
            ) : (
              <NextRuns runs={nextRuns} timeZone={timeZone} className="px-4 py-3 text-sm" />
            )}
          </Panel>
          <SectionHeading title="What it does" />
          <Panel>
            <Facts facts={factsOf(schedule, path)} />
          </Panel>
        </div>
      </div>
    </>
  );
}

const factsOf = (schedule: ScheduleDetail, path: (below: string) => string) => [
  {
    label: "Scans",
    value:
      schedule.source.kind === "batch" ? (
        <Link href={path(`/batches/${schedule.source.batchId}`)} className={LINK}>
          {sourceWords(schedule.source)}
        </Link>
      ) : (
        sourceWords(schedule.source)
      ),
  },
  { label: "Cron", value: <span className="figures">{schedule.cron}</span> },
  { label: "Missed runs", value: schedule.missed === "skip" ? "Left out" : "Made up for once" },
  {
    label: "Overlap",
    value: schedule.overlap === "skip" ? "Left out while a batch runs" : "Runs beside it",
  },
  {
    label: "At most",
    value: `${countOf(schedule.maxPages, "page")} a domain, ${formatCount(schedule.maxConcurrent)} at once`,
  },
  { label: "Runs for", value: schedule.runBy.name ?? undefined },
  { label: "Created by", value: schedule.createdBy.name ?? undefined },
  { label: "Created", value: <Ago at={schedule.createdAt} /> },
];

function LastError({ schedule: { failures, lastError, status } }: { schedule: ScheduleDetail }) {
  const times = failures === 1 ? "once" : `${failures} times in a row`;
  return (
    <Panel className="flex gap-2.5 p-4">
      <ToneIcon tone="failed" className="mt-1" />
      <div className="min-w-0">
        <p className="font-medium break-words">{lastError}</p>
        <p className="text-sm text-muted">
          It failed {times}
          {status === "paused" ? " and is paused" : ""}.
        </p>
      </div>
    </Panel>
  );
}
