"use client";

import type { DomainDetail } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { pathOf } from "#format/url.ts";
import { formatDay, formatSeconds } from "#format/time.ts";
import { ExternalLink } from "#ui/external-link.tsx";
import { Facts, type Fact } from "#ui/facts.tsx";
import { Panel } from "#ui/table.tsx";
import { yesOrNo } from "./domain-facts.ts";

const list = (values: string[]): ReactNode =>
  values.length === 0 ? undefined : (
    <ul>
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );

const siteFacts = (domain: DomainDetail): Fact[] => [
  { label: "Copyright", value: domain.copyrightYear ?? undefined },
  {
    label: "Sitemap",
    value:
      domain.sitemapUrl === null ? (
        yesOrNo(domain.hasSitemap)
      ) : (
        <ExternalLink href={domain.sitemapUrl} text={pathOf(domain.sitemapUrl)} />
      ),
  },
  {
    label: "Robots",
    value:
      domain.robotsTxt === null ? undefined : (
        <details>
          <summary>robots.txt</summary>
          <pre
            tabIndex={0}
            className="figures mt-1 max-h-52 overflow-auto rounded-md border border-line bg-canvas p-2"
          >
            {domain.robotsTxt}
          </pre>
        </details>
      ),
  },
  {
    label: "Feeds",
    value:
      domain.feedUrls.length === 0 ? undefined : (
        <ul>
          {domain.feedUrls.map((url) => (
            <li key={url}>
              <ExternalLink href={url} text={pathOf(url)} />
            </li>
          ))}
        </ul>
      ),
  },
  {
    label: "WordPress",
    value:
      domain.wordpress === null
        ? undefined
        : [
            domain.wordpress.version ?? "version unknown",
            domain.wordpress.theme === null ? null : `theme ${domain.wordpress.theme}`,
          ]
            .filter((part) => part !== null)
            .join(", "),
  },
  {
    label: "Analytics",
    value: list(
      [domain.googleAnalyticsId, domain.googleTagManagerId].filter((known) => known !== null),
    ),
  },
];

const serverFacts = (domain: DomainDetail): Fact[] => [
  {
    label: "Answered in",
    value: domain.responseMs === null ? undefined : formatSeconds(domain.responseMs / 1000),
  },
  { label: "Server", value: domain.server ?? undefined },
  {
    label: "Address",
    value:
      domain.ipAddress === null ? undefined : <span className="figures">{domain.ipAddress}</span>,
  },
  { label: "CDN", value: domain.cdn ?? undefined },
  {
    label: "TLS",
    value:
      domain.hasSsl !== true
        ? yesOrNo(domain.hasSsl)
        : [
            "Yes",
            domain.sslIssuer,
            domain.sslExpiresAt === null ? null : `until ${formatDay(domain.sslExpiresAt)}`,
          ]
            .filter((part) => part !== null)
            .join(", "),
  },
  {
    label: "Security",
    value: list(Object.keys(domain.securityHeaders)),
  },
];

const GROUPS = [
  ["Site", siteFacts],
  ["Server", serverFacts],
] as const;

/** What a site offers to machines, and what its server says. */
export function SiteFacts({ domain }: { domain: DomainDetail }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {GROUPS.map(([title, factsOf]) => (
        <Panel key={title} className="min-w-0">
          <h3 className="border-b border-line px-4 py-2 text-sm font-medium">{title}</h3>
          <Facts facts={factsOf(domain)} />
        </Panel>
      ))}
    </div>
  );
}
