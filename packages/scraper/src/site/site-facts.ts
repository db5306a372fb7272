import type { SiteFacts, TechnologyFacts } from "@scrapersky/outcome";
import { headerOf } from "../fetch/sniff.ts";
import type { HeaderMap } from "../fetch/wire.ts";
import { CAPS, line, lineOrNull } from "../text.ts";
import { firstOf, type Gathered, type GatheredPage, ownPages, unique } from "./gathered.ts";
import { HOSTED } from "./rules/index.ts";
import { measuringIds } from "./evidence/measuring-ids.ts";
import { elementorVersion, wordpressOf } from "./wordpress.ts";

/** What headers, connection and markup tell of the site itself. */
export function siteFacts(gathered: Gathered, technologies: readonly TechnologyFacts[]): SiteFacts {
  const { home, traces } = gathered;
  const pages = ownPages(gathered);
  const first = gathered.pages[0];
  const ids = measuringIds(traces);
  const has = (name: string) => technologies.some((technology) => technology.name === name);
  const hours = unique(
    pages.flatMap(({ extract }) => extract.openingHours),
    30,
  );

  return {
    domain: gathered.domain,
    finalUrl: line(home.url.href, CAPS.url),
    redirectedTo: gathered.redirectedTo,
    title: first?.facts.title ?? null,
    description: first?.facts.description ?? null,
    faviconUrl: firstOf(pages, ({ extract }) => extract.faviconUrl),
    logoUrl: firstOf(pages, ({ extract }) => extract.logoUrl),
    ipAddress: home.peer.address,
    server: lineOrNull(headerOf(home.headers, "server"), CAPS.short),
    cdn: named(technologies, "CDN"),
    hostingProvider:
      technologies.find(({ name, evidence }) => HOSTED.has(name) && evidence.where !== "link")
        ?.name ?? named(technologies, "Hosting"),
    responseMs: Math.round(home.headerMs),
    hasSsl: home.url.protocol === "https:",
    sslIssuer: lineOrNull(home.peer.tls?.issuer, CAPS.short),
    sslVersion: home.peer.tls?.version ?? null,
    sslExpiresAt: home.peer.tls?.expiresAt ?? null,
    securityHeaders: securityHeaders(home.headers),
    robotsTxt: gathered.robotsTxt,
    hasSitemap: gathered.sitemap.url !== null,
    sitemapUrl: gathered.sitemap.url,
    sitemapCount: gathered.sitemap.files,
    sitemapUrls: gathered.sitemap.pages.length,
    feedUrls: unique(
      pages.flatMap(({ extract }) => extract.feeds),
      20,
    ),
    copyrightYear: newestYear(pages),
    googleAnalyticsId:
      ids.find((id) => id.startsWith("G-")) ?? ids.find((id) => id.startsWith("UA-")) ?? null,
    googleTagManagerId: ids.find((id) => id.startsWith("GTM-")) ?? null,
    wordpress: has("WordPress") ? wordpressOf(traces, home.url, technologies) : null,
    plugins: {
      elementor: has("Elementor") ? { version: elementorVersion(technologies) } : null,
      divi: has("Divi"),
      woocommerce: has("WooCommerce"),
      contactForm7: has("Contact Form 7"),
      yoast: has("Yoast SEO"),
      wpforms: has("WPForms"),
    },
    paymentMethods: [...traces.payments].toSorted(),
    businessHours: hours.length === 0 ? null : hours,
    imagesCount: pages.reduce((sum, { extract }) => sum + extract.images, 0),
    averagePageBytes: average(gathered.pages.map(({ facts }) => facts.bytes)),
    averageResponseMs: average(gathered.pages.map(({ ms }) => ms)),
  };
}

const average = (values: number[]): number =>
  values.length === 0
    ? 0
    : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

const named = (technologies: readonly TechnologyFacts[], category: string): string | null =>
  technologies.find((technology) => technology.category === category)?.name ?? null;

function newestYear(pages: readonly GatheredPage[]): string | null {
  const years = pages
    .map(({ extract }) => extract.copyrightYear)
    .filter((year) => year !== undefined);
  return years.length === 0 ? null : String(Math.max(...years));
}

const SECURITY_HEADERS = [
  "strict-transport-security",
  "content-security-policy",
  "x-frame-options",
  "x-content-type-options",
  "referrer-policy",
  "permissions-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "cross-origin-embedder-policy",
  "x-xss-protection",
];

function securityHeaders(headers: HeaderMap): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of SECURITY_HEADERS) {
    const value = lineOrNull(headerOf(headers, name), CAPS.description);
    if (value !== null) found[name] = value;
  }
  return found;
}

/** An HTTP date as ISO time; nonsense and dates before the web are none. */
export function isoTime(value: string): string | null {
  const time = value === "" ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) || time < 631_152_000_000 || time > 4_102_444_800_000
    ? null
    : new Date(time).toISOString();
}
