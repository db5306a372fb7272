"use client";

import { BATCH_LIST } from "@scrapersky/api/lists";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#ui/link.tsx";
import type { ReactNode } from "react";
import { BatchTable } from "#batch/batch-table.tsx";
import { ListFrame } from "#list/list-frame.tsx";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { useMay, usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { useApi } from "#trpc/client.tsx";
import { RECENT_INPUT, RUNNING_INPUT } from "./overview-inputs.ts";
import { healthQuery, numbersQuery, reasonsQuery } from "./overview-queries.ts";
import { healthWords } from "./overview-words.ts";
import { ReasonList } from "./reason-list.tsx";
import { RunningBatch } from "./running-batch.tsx";
import { WeekPanel } from "./week-panel.tsx";
import { listQuery } from "#list/list-query.ts";

const still = { arrived: 0, onAccept: () => undefined };

/** What the week brought, what runs, and why sites failed. */
export function OverviewView() {
  const api = useApi();
  const path = usePath();
  const mayCreate = useMay("batches:create");
  const refresh = { refetchInterval: refreshWhileSeen };
  const numbers = useQuery({ ...numbersQuery(api), ...refresh });
  const health = useQuery({ ...healthQuery(api), ...refresh });
  const reasons = useQuery({ ...reasonsQuery(api), ...refresh });
  const running = useQuery({ ...listQuery(api, BATCH_LIST, RUNNING_INPUT), ...refresh });
  const recent = useQuery({ ...listQuery(api, BATCH_LIST, RECENT_INPUT), ...refresh });
  const queries = [numbers, health, reasons, running, recent];
  useReportFreshness(
    queries.some(({ isError }) => isError) ? "reconnecting" : "polling",
    Math.min(...queries.map(({ dataUpdatedAt }) => dataUpdatedAt)),
  );
  const runs = running.data?.items ?? [];
  const why = reasons.data ?? [];
  return (
    <>
      <PageHeader
        title="Overview"
        state={health.data === undefined ? "…" : <Health health={health.data} />}
        action={
          mayCreate ? (
            <ButtonLink href={path("/batches/new")} variant="primary">
              New batch
            </ButtonLink>
          ) : undefined
        }
      />
      <h2 className="sr-only">The last seven days</h2>
      <ListFrame query={numbers} count={1} {...still} empty={null}>
        {numbers.data === undefined ? null : <WeekPanel numbers={numbers.data} />}
      </ListFrame>
      <div className="gap-x-6 xl:grid xl:grid-cols-2">
        <section className="min-w-0">
          <SectionHeading title="Running now" />
          <ListFrame
            query={running}
            count={runs.length}
            {...still}
            empty={<EmptyState compact title="A new batch can be watched here as it runs" />}
          >
            <ul className="divide-y divide-line">
              {runs.map((batch) => (
                <RunningBatch key={batch.batchId} batch={batch} />
              ))}
            </ul>
          </ListFrame>
        </section>
        <section className="min-w-0">
          <SectionHeading
            title="Why sites failed"
            note="in the last seven days"
            action={<More href={path("/jobs?status=failed")}>All failed jobs</More>}
          />
          <ListFrame
            query={reasons}
            count={why.length}
            {...still}
            empty={<EmptyState compact title="No site has failed" />}
          >
            <ReasonList reasons={why} />
          </ListFrame>
        </section>
      </div>
      <SectionHeading
        title="Recent batches"
        action={<More href={path("/batches")}>All batches</More>}
      />
      <ListFrame
        query={recent}
        count={recent.data?.items.length ?? 0}
        {...still}
        empty={<EmptyState compact title="No batch has ended yet" />}
      >
        <BatchTable label="Recent batches" batches={recent.data?.items ?? []} />
      </ListFrame>
    </>
  );
}

const TONES = { idle: "complete", working: "running", stalled: "failed" } as const;

function Health({ health }: { health: Parameters<typeof healthWords>[0] }) {
  return (
    <span className="inline-flex items-start gap-1.5">
      <ToneIcon tone={TONES[health.state]} className="mt-[3px]" />
      <span className={health.state === "stalled" ? "text-failed" : undefined}>
        {healthWords(health)}
      </span>
    </span>
  );
}

function More({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-accent-text underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}
