"use client";

import type { DomainDetail, LeadDetail } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { countOf } from "#format/number.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath } from "#shell/me.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Tag } from "#ui/facts.tsx";
import { PageHeader, SectionHeading } from "#ui/page-header.tsx";
import { EmptyState, ErrorCard, Skeleton } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { useApi } from "#trpc/client.tsx";
import { ContactTable } from "./contact-table.tsx";
import { byCategory, scanState, shownOf, siteUrlText, stillThere } from "./domain-facts.ts";
import { FactPanels } from "./fact-panels.tsx";
import { PageTable } from "./page-table.tsx";
import { RecentJobs } from "./recent-jobs.tsx";
import { ScanNotes } from "./scan-notes.tsx";
import { domainQuery } from "./domain-queries.ts";

/** One site as its last scan saw it. */
export function DomainView({ domainId }: { domainId: string }) {
  const api = useApi();
  const path = usePath();
  const query = useQuery(domainQuery(api, domainId));
  useReportFreshness(query.isError ? "reconnecting" : "still", query.dataUpdatedAt);
  const domain = query.data;
  if (domain === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <div role="status" className="late">
        <span className="sr-only">Loading the domain</span>
        <Skeleton className="mb-2 h-6 w-64" />
        <Skeleton className="w-80 max-w-full" />
      </div>
    );
  }
  return (
    <>
      <PageHeader
        back={{ href: path("/jobs"), label: "Jobs" }}
        title={<span title={domain.domain}>{domain.displayDomain}</span>}
        state={<ScanState domain={domain} />}
      />
      {scanState(domain) === "never" ? (
        <NeverRead domain={domain} />
      ) : (
        <SiteFacts domain={domain} />
      )}
      <SectionHeading title="Recent jobs" />
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

function SiteFacts({ domain }: { domain: DomainDetail }) {
  return (
    <>
      <ScanNotes notes={domain.notes} className="mb-4" />
      <Panel className="px-4 py-3">
        <p className="font-medium break-words">{domain.title ?? "This site gives no title"}</p>
        {domain.description === null ? null : (
          <p className="mt-0.5 max-w-[75ch] text-sm break-words text-muted">{domain.description}</p>
        )}
        {domain.finalUrl === null ? null : (
          <p className="mt-1.5 text-sm">
            <ExternalLink
              href={domain.finalUrl}
              text={siteUrlText(domain.finalUrl, domain)}
              className="figures"
            />
          </p>
        )}
      </Panel>

      <FactPanels domain={domain} />

      {domain.lead === null ? null : <LeadFacts lead={domain.lead} />}

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
    </>
  );
}

function LeadFacts({ lead }: { lead: LeadDetail }) {
  const { counts, contactsHidden } = lead;
  const [technologies, emails] = [stillThere(lead.technologies), stillThere(lead.emails)];
  return (
    <>
      <SectionHeading title="Technology" note={countOf(technologies.length, "product")} />
      <Panel>
        {technologies.length === 0 ? (
          <EmptyState compact title="None was recognised" />
        ) : (
          <dl className="grid p-4 gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
            {byCategory(technologies).map(([category, products]) => (
              <div key={category}>
                <dt className="mb-1 text-xs text-muted">{category}</dt>
                <dd className="flex flex-wrap gap-1.5">
                  {products.map(({ name, version }) => (
                    <Tag key={name}>
                      {name}
                      {version === null ? null : (
                        <span className="figures text-muted">{version}</span>
                      )}
                    </Tag>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Panel>

      <SectionHeading
        title="Contacts"
        note={shownOf(
          emails.length,
          Math.max(emails.length, counts.emails),
          "address",
          "addresses",
        )}
      />
      <Panel>
        {contactsHidden ? (
          <EmptyState compact title="Your role may not read contacts" />
        ) : emails.length === 0 ? (
          <EmptyState compact title="No e-mail address was found" />
        ) : (
          <ContactTable emails={emails} />
        )}
      </Panel>
    </>
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
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
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
    </span>
  );
}
