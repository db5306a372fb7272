"use client";

import type { DomainDetail } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { pathOf } from "#format/url.ts";
import { formatDay, formatSeconds } from "#format/time.ts";
import { ExternalLink } from "#ui/external-link.tsx";
import { Facts, type Fact } from "#ui/facts.tsx";
import { Panel } from "#ui/table.tsx";
import { yesOrNo } from "./domain-facts.ts";
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

const contactFacts = (domain: DomainDetail): Fact[] => [
  {
    label: "Phone",
    value:
      domain.phones.length === 0 ? undefined : (
        <ul>
          {domain.phones.map(({ number, text }) => (
            <li key={number}>
              <PhoneLink number={number} text={text} />
            </li>
          ))}
        </ul>
      ),
  },
  { label: "Addresses", value: list(domain.addresses) },
  {
    label: "Social",
    value:
      domain.social.length === 0 ? undefined : (
        <ul>
          {domain.social.map(({ network, url }) => (
            <li key={url}>
              <ExternalLink href={url} text={networkName(network)} />
            </li>
          ))}
        </ul>
      ),
  },
];

const companyFacts = (domain: DomainDetail): Fact[] => [
  ...(domain.contactsHidden ? [] : contactFacts(domain)),
  {
    label: "Language",
    value:
      [domain.language, ...domain.contentLanguages]
        .filter((language, at, all) => language !== null && all.indexOf(language) === at)
        .join(", ") || undefined,
  },
  { label: "Copyright", value: domain.copyrightYear ?? undefined },
  { label: "Sells online", value: yesOrNo(domain.hasEcommerce) },
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
  { label: "Cookie notice", value: yesOrNo(domain.hasCookieNotice) },
  { label: "Privacy policy", value: yesOrNo(domain.hasPrivacyPolicy) },
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
