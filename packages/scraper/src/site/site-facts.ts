import type { Extract } from "../extract/extract.ts";
import { languageOf } from "../extract/extract.ts";
import { countriesOf, toE164 } from "../extract/phones.ts";
import { regionOf } from "../extract/region.ts";
import type { SiteTraces } from "../extract/site-traces.ts";
import type { HeaderMap } from "../fetch/wire.ts";
import type { Document } from "../fetch/follow.ts";
import { headerOf } from "../fetch/sniff.ts";
import type { SitemapFindings } from "../crawl/sitemap.ts";
import type { PageFacts, SiteFacts, Technology } from "@scrapersky/outcome";
import { CAPS, line, lineOrNull } from "../text.ts";
import { HOSTED } from "./rules/index.ts";
import { socialLinks } from "./social.ts";
import { detectTechnologies } from "./technologies.ts";
import { elementorVersion, wordpressOf } from "./wordpress.ts";

/** All a visit gathered, in the order the pages were read; the home page is the first. */
export interface Gathered {
  domain: string;
  home: Document;
  redirectedTo: string | null;
  robotsTxt: string | null;
  sitemap: SitemapFindings;
  pages: { facts: PageFacts; extract: Extract; ms: number }[];
  traces: SiteTraces;
  /** A parker's page: nothing on it is the site's. */
  parked: boolean;
}

const LIST_MAX = 100;

/** Merges what pages, headers and connection tell into the facts of the site. */
export function siteFacts(gathered: Gathered): SiteFacts {
  const { home, traces } = gathered;
  const pages = gathered.parked ? [] : gathered.pages;
  const extracts = pages.map(({ extract }) => extract);
  const first = gathered.pages[0];
  const technologies = detectTechnologies(traces, home.headers);
  const has = (name: string) => technologies.some((technology) => technology.name === name);
  const language =
    first?.facts.language ??
    firstOf(extracts, ({ ogLocale }) => ogLocale) ??
    languageOf(headerOf(home.headers, "content-language"));
  const country = firstOf(extracts, ({ structured }) => structured.country);
  const phones = new Set([
    ...extracts.flatMap(({ telPhones }) => telPhones),
    ...extracts.flatMap((entry) => entry.phones),
  ]);
  const { region, certain } = regionOf({
    country,
    host: home.url.hostname,
    language,
    numbers: countriesOf(phones),
    written: firstOf(extracts, ({ writtenLanguage }) => writtenLanguage),
  });
  const hours = unique(
    extracts.flatMap(({ openingHours }) => openingHours),
    30,
  );
  const outbound = extracts.flatMap(({ page, structured }) => [
    ...page.outboundLinks,
    ...structured.links,
  ]);

  return {
    domain: gathered.domain,
    finalUrl: line(home.url.href, CAPS.url),
    redirectedTo: gathered.redirectedTo,
    title: first?.facts.title ?? null,
    description: first?.facts.description ?? null,
    language,
    contentLanguages: unique(
      [
        ...languages(home.headers),
        ...extracts.flatMap(({ page, hreflangs }) => [
          ...(page.language === null ? [] : [page.language]),
          ...hreflangs,
        ]),
      ],
      40,
    ),
    faviconUrl: firstOf(extracts, ({ faviconUrl }) => faviconUrl),
    logoUrl: firstOf(extracts, ({ logoUrl }) => logoUrl),
    ipAddress: home.peer.address,
    server: lineOrNull(headerOf(home.headers, "server"), CAPS.short),
    cdn: named(technologies, "CDN"),
    hostingProvider:
      technologies.find(({ name }) => HOSTED.has(name))?.name ?? named(technologies, "Hosting"),
    countryCode: certain ? (region ?? null) : null,
    responseMs: Math.round(home.headerMs),
    hasSsl: home.url.protocol === "https:",
    sslIssuer: lineOrNull(home.peer.tls?.issuer, CAPS.short),
    sslVersion: home.peer.tls?.version ?? null,
    sslExpiresAt: home.peer.tls?.expiresAt ?? null,
    securityHeaders: securityHeaders(home.headers),
    lastModified: isoTime(headerOf(home.headers, "last-modified")),
    robotsTxt: gathered.robotsTxt,
    hasSitemap: gathered.sitemap.url !== null,
    sitemapUrl: gathered.sitemap.url,
    sitemapCount: gathered.sitemap.files,
    sitemapUrls: gathered.sitemap.pages.length,
    feedUrls: unique(
      extracts.flatMap(({ feeds }) => feeds),
      20,
    ),
    copyrightYear: newest(extracts),
    hasCookieNotice:
      has("Cookiebot") ||
      technologies.some(({ category }) => category === "Consent") ||
      hasCookieMarkup(traces),
    hasPrivacyPolicy: extracts.some(({ privacyLink }) => privacyLink),
    hasEcommerce: technologies.some(({ category }) => category === "E-commerce"),
    googleAnalyticsId:
      marked(traces, "ga:") ?? assetId(traces, /gtag\/js\?id=((?:G|UA)-[A-Z0-9-]{4,20})/),
    googleTagManagerId: marked(traces, "gtm:") ?? assetId(traces, /\bid=(GTM-[A-Z0-9]{4,10})/),
    wordpress: has("WordPress") ? wordpressOf(traces, technologies) : null,
    plugins: {
      elementor: has("Elementor") ? { version: elementorVersion(technologies) } : null,
      divi: has("Divi"),
      woocommerce: has("WooCommerce"),
      contactForm7: has("Contact Form 7"),
      yoast: has("Yoast SEO"),
      wpforms: has("WPForms"),
    },
    technologies,
    emails: unique(
      pages.flatMap(({ facts }) => facts.contacts.map(({ email }) => email)),
      LIST_MAX,
    ),
    phones: toE164(phones, region, 30),
    addresses: uniqueAddresses(extracts.flatMap(({ addresses }) => addresses)),
    social: socialLinks(outbound),
    paymentMethods: [...traces.payments].toSorted(),
    businessHours: hours.length === 0 ? null : hours,
    businessType: firstOf(extracts, ({ structured }) => structured.businessType),
    imagesCount: extracts.reduce((sum, { images }) => sum + images, 0),
    averagePageBytes: average(gathered.pages.map(({ facts }) => facts.bytes)),
    averageResponseMs: average(gathered.pages.map(({ ms }) => ms)),
  };
}

const firstOf = (extracts: Extract[], pick: (extract: Extract) => string | null): string | null => {
  for (const extract of extracts) {
    const value = pick(extract);
    if (value !== null) return value;
  }
  return null;
};

const unique = (items: string[], max: number): string[] => [...new Set(items)].slice(0, max);

/** One address often appears twice, written differently; the first way that names the same number and street stays. */
function uniqueAddresses(addresses: string[]): string[] {
  const seen = new Map<string, string>();
  for (const address of addresses) {
    const key = address
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "")
      .slice(0, 14);
    if (!seen.has(key)) seen.set(key, address);
  }
  return [...seen.values()].slice(0, 20);
}

const average = (values: number[]): number =>
  values.length === 0
    ? 0
    : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

const named = (technologies: Technology[], category: string): string | null =>
  technologies.find((technology) => technology.category === category)?.name ?? null;

const marked = (traces: SiteTraces, prefix: string): string | null => {
  const ids = [...traces.scriptMarkers]
    .filter((mark) => mark.startsWith(prefix))
    .map((mark) => mark.slice(prefix.length));
  return ids.find((id) => id.startsWith("G-")) ?? ids[0] ?? null;
};

function assetId(traces: SiteTraces, pattern: RegExp): string | null {
  for (const asset of traces.assets) {
    const id = pattern.exec(asset)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

const COOKIE_MARKUP =
  /cookie[-_ ]?(?:banner|notice|consent|bar|law|popup|modal|dialog|message|overlay|box)|(?:^|[\s_-])(?:cc-window|cc-banner|cky-consent|gdpr-cookie|consent-banner|consent-manager|onetrust-banner|cmplz-cookiebanner|tarteaucitron|klaro|iubenda-cs)/i;

const hasCookieMarkup = (traces: SiteTraces): boolean => {
  for (const value of traces.classes) if (COOKIE_MARKUP.test(value)) return true;
  return false;
};

function newest(extracts: Extract[]): string | null {
  const years = extracts
    .map(({ copyrightYear }) => copyrightYear)
    .filter((year) => year !== undefined);
  return years.length === 0 ? null : String(Math.max(...years));
}

const languages = (headers: HeaderMap): string[] =>
  headerOf(headers, "content-language")
    .slice(0, 200)
    .split(",")
    .map(languageOf)
    .filter((language) => language !== null);

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
