"use client";

import type { DomainDetail, LeadDetail } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { BusinessFacts } from "#lead/business-facts.tsx";
import { ChangeList } from "#lead/change-list.tsx";
import { CustomerLines } from "#lead/customer-lines.tsx";
import { NotesPanel } from "#lead/notes-panel.tsx";
import { ReachPanel } from "#lead/reach-panel.tsx";
import { TechnologyPanel } from "#lead/technology-panel.tsx";
import { countOf } from "#format/number.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath, usePlaces } from "#shell/me.tsx";
import { placeAt } from "#shell/navigation.ts";
import { ExternalLink } from "#ui/external-link.tsx";
import { CallLater } from "#call/call-later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState, ErrorCard, Loading, Skeleton } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { useApi } from "#trpc/client.tsx";
import { scanState, shownOf, stillThere } from "./domain-facts.ts";
import { PageTable } from "./page-table.tsx";
import { RecentJobs } from "./recent-jobs.tsx";
import { ScanNotes } from "./scan-notes.tsx";
import { SiteFacts } from "./site-facts.tsx";
import { domainQuery } from "./domain-queries.ts";

/** One business: how it is reached, who it is, then what its site is made of and what the server says. */
export function DomainView({ domainId }: { domainId: string }) {
  const api = useApi();
  const path = usePath();
  const places = usePlaces();
  const query = useQuery(domainQuery(api, domainId));
  useReportFreshness(query.isError ? "reconnecting" : "still", query.dataUpdatedAt);
  const domain = query.data;
  if (domain === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Loading what="Loading the business">
        <Skeleton className="mb-2 h-6 w-64" />
        <Skeleton className="w-80 max-w-full" />
        <Panel className="mt-5 h-40 p-4">
          <Skeleton className="w-24" />
          <Skeleton className="mt-2 h-5 w-72 max-w-full" />
        </Panel>
      </Loading>
    );
  }
  const { lead } = domain;
  const place = placeAt(places, path(`/domains/${domainId}`), path(""));
  return (
    <>
      <PageHeader
        {...(place === undefined ? {} : { back: { href: path(place.path), label: place.label } })}
        title={<bdi data-hint={domain.domain}>{lead?.business.name ?? domain.displayDomain}</bdi>}
        state={<BusinessState domain={domain} />}
        action={
          <CallLater
            rest={`/leads/${domain.domain}`}
            procedure="domains.byId"
            input={{ domainId }}
          />
        }
      />
      {scanState(domain) === "never" ? (
        <NeverRead domain={domain} />
      ) : (
        <>
          <ScanNotes notes={domain.notes} className="mb-4" />
          {lead === null ? (
            <Panel>
              <EmptyState
                compact
                title="What an earlier version stored of it is not brought up yet"
              />
            </Panel>
          ) : (
            <Business domain={domain} lead={lead} />
          )}
        </>
      )}
      {lead === null || lead.lines.length === 0 ? null : (
        <>
          <SectionHeading title="In your lists" note={countOf(lead.lines.length, "line")} />
          <CustomerLines lines={lead.lines} />
        </>
      )}
      {scanState(domain) === "never" ? null : <Site domain={domain} />}
      <SectionHeading title="Visits" />
      <Panel>
        <RecentJobs jobs={domain.recentJobs} />
      </Panel>
    </>
  );
}

/** In place of facts, which would all read as "not there". */
function NeverRead({ domain }: { domain: DomainDetail }) {
  return (
    <Panel className="flex gap-2.5 p-4">
      <ToneIcon tone={domain.lastError === null ? "waiting" : "failed"} className="mt-1" />
      <div className="min-w-0">
        <p className="font-medium">Never read</p>
        <p className="mt-0.5 text-sm break-words text-muted">
          {domain.lastError ?? "No scan of it has ended yet."}
        </p>
      </div>
    </Panel>
  );
}

function Business({ domain, lead }: { domain: DomainDetail; lead: LeadDetail }) {
  return (
    <div className="gap-4 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem] xl:items-start">
      <div className="flex min-w-0 flex-col gap-4">
        <ReachPanel lead={lead} />
        <BusinessFacts domain={domain} lead={lead} />
      </div>
      <div className="max-xl:mt-4">
        <NotesPanel lead={lead} />
      </div>
    </div>
  );
}

function Site({ domain }: { domain: DomainDetail }) {
  const { lead } = domain;
  const technologies = stillThere(lead?.technologies ?? []);
  return (
    <>
      <SectionHeading title="Technology" note={countOf(technologies.length, "product")} />
      <TechnologyPanel technologies={technologies} />
      {lead === null || lead.changes.length === 0 ? null : (
        <>
          <SectionHeading title="What changed" note="between scans" />
          <ChangeList scans={lead.changes} />
        </>
      )}
      <SectionHeading
        title="Pages"
        note={shownOf(domain.pages.length, domain.storedPages, "page")}
      />
      <Panel>
        {domain.pages.length === 0 ? (
          <EmptyState compact title="No page is stored" />
        ) : (
          <PageTable pages={domain.pages} />
        )}
      </Panel>
      <details className="group mt-7">
        <summary className="mb-2 text-base font-medium">Site and server</summary>
        <SiteFacts domain={domain} />
      </details>
    </>
  );
}

function BusinessState({ domain }: { domain: DomainDetail }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {domain.lead?.business.name == null ? null : (
        <ExternalLink href={`https://${domain.domain}/`} text={domain.displayDomain} />
      )}
      {domain.lead?.notes.doNotContact === true ? (
        <span className="text-failed">Do not contact</span>
      ) : null}
      <ScanState domain={domain} />
    </span>
  );
}

function ScanState({ domain }: { domain: DomainDetail }) {
  const state = scanState(domain);
  if (domain.lastScan === null) return "Not scanned yet";
  if (state === "never") {
    return (
      <span>
        Last tried <Ago at={domain.lastScan} />
      </span>
    );
  }
  return (
    <>
      <span className="inline-flex items-center gap-1.5">
        <ToneIcon tone={state === "ok" ? "complete" : "partial"} />
        <span>
          Scanned <Ago at={domain.lastScan} />
        </span>
      </span>
      {domain.lastError === null ? null : (
        <span className="text-failed">
          {domain.lastError}
          {domain.lastSuccessfulScan === null ? null : (
            <span className="text-muted">
              {" "}
              What is below was found <Ago at={domain.lastSuccessfulScan} />.
            </span>
          )}
        </span>
      )}
    </>
  );
}
