import type { AddressFacts, PageFacts } from "@scrapersky/outcome";
import type { CappedList } from "../lead/caps.ts";
import { CAPS, detach, line, lineOrNull } from "../text.ts";
import { type Refresh, refreshOf } from "../refresh.ts";
import { resolveLink } from "../url.ts";
import { collectEmails, type EmailFinding } from "./mail/collect.ts";
import { readJsonLd, type StructuredFacts } from "./json-ld.ts";
import type { Findings, Frame } from "./findings.ts";
import { scanPage } from "./page-scan.ts";
import { paymentsInList, paymentsInText } from "./payments.ts";
import type { Link, LinkBook } from "./link-book.ts";
import { findPhones, phoneOfTel } from "./phones.ts";
import type { SiteTraces } from "./site-traces.ts";
import { copyrightYear, countWords } from "./words.ts";
import { writtenLanguage } from "./written-language.ts";

const LINKS_MAX = 1_000;
const OUTBOUND_MAX = 200;

/** The part of {@link PageFacts} that the HTML alone tells. */
export type PageContent = Omit<
  PageFacts,
  "url" | "inboundLinks" | "pageType" | "status" | "bytes" | "lastModified"
>;

/** One page, read. `page` is stored; the rest goes into the facts of the site. */
export interface Extract {
  page: PageContent;
  /** Pages of the same site this page links to. */
  links: Link[];
  structured: StructuredFacts;
  emails: EmailFinding[];
  /** Lists of the lead of which this page had more than is kept of one page. */
  capped: CappedList[];
  phones: string[];
  telPhones: string[];
  addresses: Omit<AddressFacts, "page">[];
  feeds: string[];
  faviconUrl: string | null;
  logoUrl: string | null;
  hreflangs: string[];
  images: number;
  copyrightYear: number | undefined;
  privacyLink: boolean;
  newsletterForm: boolean;
  ogLocale: string | null;
  /** Of a page that declares no language: the one its text is written in. */
  writtenLanguage: string | null;
  metaRefresh: Refresh | undefined;
  frames: (Frame & { link: Link })[];
  spaRoot: boolean;
  scripts: number;
  locationScript: boolean;
  bodyClass: string;
  openingHours: string[];
}

/** What the pages of one site share while they are read. */
export interface SiteReading {
  traces: SiteTraces;
  links: LinkBook;
  /** Copyright notices of later years are not believed. */
  thisYear: number;
}

/** Reads one page in a single pass. Pure but for `reading`, where the site's shared marks are added. Never throws. */
export function extract(html: string, url: URL, reading: SiteReading): Extract {
  const { traces, thisYear } = reading;
  traces.beginPage(url);
  const scan = scanPage(html, traces);
  const base = (scan.base === undefined ? undefined : resolveLink(scan.base, url)) ?? url;
  const metas = new Map<string, string>();
  for (const { name, content } of scan.metas) if (!metas.has(name)) metas.set(name, content);
  const structured = readJsonLd(scan.jsonLd);
  const { text } = scan;
  const mail = collectEmails(scan, [...structured.emails, ...mailMetas(scan)], url.hostname);
  const { links, outbound } = sortLinks(scan.links, base, reading.links);
  const properties = itemprops(scan);
  const language = languageOf(scan.language) ?? languageOf(metas.get("content-language") ?? "");
  for (const payment of [...structured.payments.flatMap(paymentsInList), ...paymentsInText(text)])
    traces.payments.add(payment);

  return {
    page: {
      title: lineOrNull(scan.title, CAPS.title) ?? lineOrNull(metas.get("og:title"), CAPS.title),
      description:
        lineOrNull(metas.get("description"), CAPS.description) ??
        lineOrNull(metas.get("og:description"), CAPS.description),
      h1: lineOrNull(scan.h1, CAPS.heading),
      canonicalUrl: absolute(scan.linkRels.find(({ rel }) => rel === "canonical")?.href, base),
      metaRobots: lineOrNull(metas.get("robots"), CAPS.short),
      language,
      schemaTypes: structured.types,
      hasContactForm: scan.forms.hasContact,
      hasComments: scan.forms.hasComments,
      wordCount: countWords(text),
      outboundLinks: outbound,
    },
    links,
    structured,
    emails: mail.emails,
    capped: mail.isCut ? ["emails"] : [],
    phones: findPhones(text),
    telPhones: [
      ...scan.tels.map((href) => phoneOfTel(href)),
      ...structured.phones,
      ...properties.phones,
    ]
      .filter((phone) => phone !== undefined)
      .map((phone) => line(phone, 60)),
    addresses: [
      ...structured.addresses.map((written) => placeOf(written, "json_ld")),
      ...properties.addresses.map((written) => placeOf(written, "microdata")),
      ...scan.addresses
        .map(cleanAddress)
        .filter((address) => address !== undefined)
        .map((written) => placeOf(written, "address")),
    ],
    feeds: scan.linkRels
      .filter(({ rel, type }) => rel.includes("alternate") && /rss|atom|feed\+json/.test(type))
      .slice(0, 10)
      .map(({ href }) => absolute(href, base))
      .filter((feed) => feed !== null),
    faviconUrl: absolute(
      (
        scan.linkRels.find(({ rel }) => rel === "icon" || rel === "shortcut icon") ??
        scan.linkRels.find(({ rel }) => rel.includes("icon"))
      )?.href,
      base,
    ),
    logoUrl: absolute(structured.logo ?? scan.logo ?? metas.get("og:logo"), base),
    hreflangs: scan.linkRels
      .filter(
        ({ rel, hreflang }) =>
          rel.includes("alternate") && hreflang !== "" && hreflang !== "x-default",
      )
      .slice(0, 50)
      .map(({ hreflang }) => languageOf(hreflang))
      .filter((language) => language !== null),
    images: scan.images,
    copyrightYear: copyrightYear(text, thisYear),
    privacyLink: scan.privacyLink,
    newsletterForm: scan.forms.hasNewsletter,
    ogLocale: languageOf((metas.get("og:locale") ?? "").replace("_", "-")),
    writtenLanguage: language === null ? writtenLanguage(text) : null,
    metaRefresh: refreshOf(metas.get("refresh"), base),
    frames: scan.frames.flatMap((frame) => {
      const link = reading.links.resolve(frame.src, base);
      return link === undefined ? [] : [{ ...frame, link }];
    }),
    spaRoot: scan.spaRoot,
    scripts: scan.scripts,
    locationScript: scan.locationScript,
    bodyClass: line(scan.bodyClass, 1_000),
    openingHours: [...structured.hours, ...properties.hours],
  };
}

function sortLinks(
  hrefs: Iterable<string>,
  base: URL,
  book: LinkBook,
): { links: Link[]; outbound: string[] } {
  const links: Link[] = [];
  const outbound = new Set<string>();
  for (const href of hrefs) {
    const link = book.resolve(href, base);
    if (link === undefined) continue;
    if (!link.sameSite) {
      if (outbound.size < OUTBOUND_MAX) outbound.add(link.address);
    } else if (links.length < LINKS_MAX) {
      links.push(link);
    }
  }
  return { links, outbound: [...outbound] };
}

const MAIL_META = /(?:^|[:._-])(?:contact|e-?mail|reply-?to)(?:_data:email|-?address)?$/;

/** Addresses that are written for machines: meta elements and microdata. */
const mailMetas = (scan: Findings): string[] => [
  ...scan.metas.filter(({ name }) => MAIL_META.test(name)).map(({ content }) => content),
  ...scan.itemprops.filter(({ name }) => name === "email").map(({ value }) => value),
];

const placeOf = (written: string, from: AddressFacts["from"]): Omit<AddressFacts, "page"> => ({
  street: null,
  postcode: null,
  town: null,
  region: null,
  country: null,
  geo: null,
  written,
  from,
});

/** schema.org microdata: the few properties that JSON-LD would also give. */
function itemprops(scan: Findings): { phones: string[]; addresses: string[]; hours: string[] } {
  const phones: string[] = [];
  const hours: string[] = [];
  const parts = new Map<string, string>();
  for (const { name, value } of scan.itemprops) {
    if (name === "telephone") phones.push(value);
    else if (name === "openingHours") hours.push(line(value, 120));
    else if (!parts.has(name)) parts.set(name, line(value, 120));
  }
  const street = parts.get("streetAddress");
  const town = [
    parts.get("addressLocality"),
    [parts.get("addressRegion"), parts.get("postalCode")].filter(Boolean).join(" "),
  ]
    .filter(Boolean)
    .join(", ");
  return {
    phones,
    hours,
    addresses:
      street === undefined
        ? []
        : [
            line(
              [street, town, parts.get("addressCountry")].filter(Boolean).join(", "),
              CAPS.address,
            ),
          ],
  };
}

/** An <address> element is a place when it has a number and the length of one, and no e-mail address or link to one. */
function cleanAddress(text: string): string | undefined {
  const address = line(text, CAPS.address)
    .replace(/(?:\s*,\s*)+/g, ", ")
    .replace(/^, |,? *$/g, "");
  if (address.length < 12 || address.length > 200 || !/\d/.test(address) || address.includes("@"))
    return undefined;
  return /\p{L}{3}/u.test(address) ? detach(address) : undefined;
}

const absolute = (href: string | undefined | null, base: URL): string | null => {
  if (href === undefined || href === null || href.startsWith("data:")) return null;
  return resolveLink(href, base)?.href ?? null;
};

/** A language tag such as "en" or "pt-BR"; anything else is none. */
export const languageOf = (value: string): string | null => {
  const [, language, region] = /^\s*([a-z]{2,3})(?:[-_]([a-z]{2}|\d{3})\b)?/i.exec(value) ?? [];
  if (language === undefined) return null;
  return region === undefined
    ? language.toLowerCase()
    : `${language.toLowerCase()}-${region.toUpperCase()}`;
};
