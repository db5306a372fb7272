"use client";

import type { HealthCheck } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { useApi } from "#trpc/client.tsx";
import { waysQuery } from "./health-queries.ts";
import { Facts } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ErrorCard, TableSkeleton } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";

/** Whether the platform is well. */
export function HealthView() {
  const query = useQuery({ ...waysQuery(useApi()), refetchInterval: refreshWhileSeen });
  useReportFreshness(query.isError ? "reconnecting" : "polling", query.dataUpdatedAt);
  const { data } = query;
  return (
    <>
      <PageHeader title="Health" />
      {data === undefined ? (
        query.isError ? (
          <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Panel>
            <TableSkeleton rows={4} />
          </Panel>
        )
      ) : (
        <div className="grid gap-4 lg:grid-cols-2">
          <Way name="Pooled" check={data.pooled} />
          <Way name="Direct" check={data.direct} />
        </div>
      )}
    </>
  );
}

function Way({ name, check }: { name: string; check: HealthCheck }) {
  const isWell = check.status === "ok";
  return (
    <Panel>
      <h2 className="border-b border-line px-4 py-2 text-base font-medium">{name}</h2>
      <Facts
        facts={[
          {
            label: "State",
            value: (
              <Looking
                look={{
                  tone: isWell ? "complete" : "failed",
                  word: isWell ? "Answers" : "Does not answer",
                }}
              />
            ),
          },
          { label: "Latency", value: check.latencyMs === null ? null : `${check.latencyMs} ms` },
          { label: "Server", value: check.serverVersion },
        ]}
      />
    </Panel>
  );
}
