"use client";

import { useQuery } from "@tanstack/react-query";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { useApi } from "#trpc/client.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { ErrorCard, TableSkeleton } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { FindingList } from "./finding-list.tsx";
import { healthQuery } from "./health-queries.ts";
import { stateOf, TONES } from "./health-words.ts";
import { OpenWays } from "./open-ways.tsx";
import { QueueTable } from "./queue-table.tsx";
import { ServerPanels } from "./server-panels.tsx";
import { WayPanels } from "./way-panels.tsx";
import { WorkerList } from "./worker-list.tsx";

/** How the platform is: what was found first, then the ways to the database, workers and queues, and the server. */
export function HealthView() {
  const query = useQuery({ ...healthQuery(useApi()), refetchInterval: refreshWhileSeen });
  useReportFreshness(query.isError ? "reconnecting" : "polling", query.dataUpdatedAt);
  const { data } = query;
  return (
    <>
      <PageHeader
        title="Health"
        state={data === undefined ? "…" : <State {...stateOf(data.findings)} />}
      />
      {query.isError ? (
        <>
          <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-4" />
          <OpenWays />
        </>
      ) : null}
      {data === undefined ? (
        query.isError ? null : (
          <Panel>
            <TableSkeleton />
          </Panel>
        )
      ) : (
        <>
          <FindingList findings={data.findings} />
          <SectionHeading title="Database" />
          <WayPanels health={data} />
          <SectionHeading title="Workers" />
          <WorkerList workers={data.workers} />
          <SectionHeading title="Queues" />
          <QueueTable queues={data.queues} />
          <ServerPanels health={data} />
        </>
      )}
    </>
  );
}

function State({ status, words }: ReturnType<typeof stateOf>) {
  return (
    <span className="inline-flex items-start gap-1.5">
      <ToneIcon tone={TONES[status]} className="mt-[3px]" />
      <span className={status === "fail" ? "text-failed" : undefined}>{words}</span>
    </span>
  );
}
