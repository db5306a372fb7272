"use client";

import type { DomainDetail, LeadDetail } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { pathOf } from "#format/url.ts";
import { formatDay, formatSeconds } from "#format/time.ts";
import { ExternalLink } from "#ui/external-link.tsx";
import { Facts, type Fact } from "#ui/facts.tsx";
import { Panel } from "#ui/table.tsx";
import { stillThere, yesOrNo } from "./domain-facts.ts";
import { TextLink } from "./text-link.tsx";

const list = (values: string[]): ReactNode =>
  values.length === 0 ? undefined : (
    <ul>
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );

const NETWORKS: Record<string, string> = { linkedin: "LinkedIn", youtube: "YouTube" };

const networkName = (network: string): string =>
  NETWORKS[network] ?? network.charAt(0).toUpperCase() + network.slice(1);

const contactFacts = ({ phones, addresses, socials }: LeadDetail): Fact[] => [
  {
    label: "Phone",
    value:
      stillThere(phones).length === 0 ? undefined : (
        <ul>
          {stillThere(phones).map(({ e164, text, fax }) => (
            <li key={`${e164} ${fax}`}>
              <PhoneLink number={e164} text={text} />
              {fax ? " (fax)" : null}
            </li>
          ))}
        </ul>
      ),
  },
  { label: "Addresses", value: list(stillThere(addresses).map(({ written }) => written)) },
  {
    label: "Social",
    value:
      stillThere(socials).length === 0 ? undefined : (
        <ul>
          {stillThere(socials).map(({ network, url }) => (
            <li key={url}>
              <ExternalLink href={url} text={networkName(network)} />
            </li>
          ))}
        </ul>
      ),
  },
];

const languagesOf = ({ languages: { site, pages } }: LeadDetail): string | undefined =>
  [...new Set([site, ...pages])].filter((language) => language !== null).join(", ") || undefined;

const companyFacts = ({ lead, copyrightYear }: DomainDetail): Fact[] => [
  ...(lead === null || lead.contactsHidden ? [] : contactFacts(lead)),
  { label: "Language", value: lead === null ? undefined : languagesOf(lead) },
  { label: "Copyright", value: copyrightYear ?? undefined },
  { label: "Has", value: list((lead?.signals ?? []).map((signal) => signal.replaceAll("_", " "))) },
];

const siteFacts = (domain: DomainDetail): Fact[] => [
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

/** A number to call; what is no number in E.164 is text. */
function PhoneLink({ number, text }: { number: string; text: string }) {
  return /^\+\d+$/.test(number) ? (
    <TextLink href={`tel:${number}`} className="tabular-nums">
      {text}
    </TextLink>
  ) : (
    text
  );
}

const GROUPS = [
  ["Company", companyFacts],
  ["Site", siteFacts],
  ["Server", serverFacts],
] as const;

/** The facts of a site in three panels. */
export function FactPanels({ domain }: { domain: DomainDetail }) {
  return (
    <div className="mt-4 grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
      {GROUPS.map(([title, factsOf]) => (
        <Panel key={title} className="min-w-0 lg:max-xl:last:col-span-2">
          <h2 className="border-b border-line px-4 py-2 text-sm font-medium">{title}</h2>
          <Facts facts={factsOf(domain)} />
        </Panel>
      ))}
    </div>
  );
}
