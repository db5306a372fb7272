import type { PageFacts } from "@scrapersky/outcome";
import type { CappedList } from "../lead/caps.ts";
import { type Refresh, refreshOf } from "../refresh.ts";
import { block, CAPS, line, lineOrNull } from "../text.ts";
import { resolveLink } from "../url.ts";
import { collectEmails } from "./mail/collect.ts";
import type { EmailFinding } from "./mail/collector.ts";
import { statedTexts } from "./mail/stated.ts";
import type { StructuredFacts } from "./json-ld.ts";
import type { Findings, Frame } from "./findings.ts";
import { scanPage } from "./page-scan.ts";
import { paymentsInList, paymentsInText } from "./payments.ts";
import type { Link, LinkBook } from "./link-book.ts";
import type { Call } from "../phones/call-links.ts";
import { countryOfPrice } from "../places/currencies.ts";
import { type MapQuery, mapQueryOf } from "../places/map-links.ts";
import { fediverseProfileOf, type Profile, profileOf } from "../site/social.ts";
import { callsInData, linkedCalls, statedCalls } from "./calls.ts";
import { type DataContacts, readData } from "./data/contacts.ts";
import { type Microdata, readMicrodata } from "./microdata.ts";
import { type DigitLine, type DigitLines } from "./digit-lines.ts";
import type { SiteReading } from "./site-reading.ts";
import { readText, type TextSigns } from "./read-text.ts";
import { copyrightYear } from "./words.ts";
import { writtenLanguage } from "./written-language.ts";

const LINKS_MAX = 1_000;
const OUTBOUND_MAX = 200;
const CHATS_MAX = 40;
const PROFILES_MAX = 100;
const MAPS_MAX = 20;
const PRICES_CHARS = 8_000;

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
  /** Links and structured data that give numbers. */
  calls: Call[];
  /** Lines of the text in which numbers can stand. */
  lines: DigitLine[];
  microdata: Microdata;
  /** Texts of <address> elements, one line per block. */
  addressTexts: string[];
  maps: MapQuery[];
  /** Accounts that the page links to. */
  profiles: Profile[];
  /** What the head of the page calls the site. */
  siteName: string | null;
  /** The first price in a currency of one country alone. */
  price: { country: string; value: string } | undefined;
  /** ISO 3166 alpha-2 of the head's geo tags. */
  geoRegion: string | null;
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
  /** Where its script or its refresh sends visitors. */
  leads: Link[];
  bodyClass: string;
  openingHours: string[];
}

/** Reads one page in a single pass. Pure but for `reading`, where the site's shared marks are added. Never throws. */
export function extract(html: string, url: URL, reading: SiteReading): Extract {
  const { traces, thisYear } = reading;
  traces.beginPage(url);
  const scan = scanPage(html, traces);
  const base = (scan.base === undefined ? undefined : resolveLink(scan.base, url)) ?? url;
  const metas = new Map<string, string>();
  for (const { name, content } of scan.metas) if (!metas.has(name)) metas.set(name, content);
  const data = readData(scan.blobs);
  const structured = withPlaces(reading.structured.read(scan.jsonLd), data);
  const inData = sortLinks(data.links, base, reading.links);
  const { text } = scan;
  const signs = readText(text);
  const metaRefresh = refreshOf(metas.get("refresh"), base);
  const mail = collectEmails(
    scan,
    signs,
    { values: [...structured.emails, ...statedTexts(scan)], people: structured.people },
    url.hostname,
    reading.mailboxes,
  );
  const { lines, cut } = linesOf(scan, signs, reading.digits);
  const { links, outbound, chats, profiles, maps } = sortLinks(scan.links, base, reading.links);
  const microdata = readMicrodata(scan);
  const language = languageOf(scan.language) ?? languageOf(metas.get("content-language") ?? "");
  for (const payment of [
    ...structured.payments.flatMap(paymentsInList),
    ...paymentsInText(text, signs.accepting < Infinity),
  ])
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
      wordCount: signs.words,
      outboundLinks: outbound,
    },
    links,
    structured,
    emails: mail.emails,
    capped: [
      ...(mail.isCut ? (["emails"] as const) : []),
      ...(cut || data.isCut ? (["phones"] as const) : []),
    ],
    calls: [
      ...linkedCalls(scan),
      ...chats,
      ...callsInData(data),
      ...inData.chats,
      ...statedCalls(structured, microdata, metas, data),
    ],
    lines,
    microdata,
    addressTexts: scan.addresses.map((text) => block(text, 600).trim()),
    maps: [...maps, ...mapsOf(scan)],
    profiles: [...profiles, ...inData.profiles, ...ownProfiles(scan)],
    siteName: lineOrNull(metas.get("og:site_name") ?? metas.get("application-name"), CAPS.short),
    price: signs.price < PRICES_CHARS ? countryOfPrice(text.slice(0, PRICES_CHARS)) : undefined,
    geoRegion: geoRegionOf(metas),
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
    copyrightYear: copyrightYear(text, thisYear, signs.copyright),
    privacyLink: scan.privacyLink,
    newsletterForm: scan.forms.hasNewsletter,
    ogLocale: languageOf((metas.get("og:locale") ?? "").replace("_", "-")),
    writtenLanguage: language === null ? writtenLanguage(text) : null,
    metaRefresh,
    frames: scan.frames.flatMap((frame) => {
      const link = reading.links.resolve(frame.src, base);
      return link === undefined ? [] : [{ ...frame, link }];
    }),
    spaRoot: scan.spaRoot,
    scripts: scan.scripts,
    locationScript: scan.locationScript,
    leads: [scan.locationTarget, metaRefresh?.url.href]
      .map((href) => (href === undefined ? undefined : reading.links.resolve(href, base)))
      .filter((link) => link !== undefined),
    bodyClass: line(scan.bodyClass, 1_000),
    openingHours: [...structured.hours, ...microdata.hours],
  };
}

/** What pages share of structured data is left as it is. */
function withPlaces(structured: StructuredFacts, data: DataContacts): StructuredFacts {
  if (data.places.length === 0) return structured;
  const known = new Set(structured.places.map(({ written }) => written));
  const added = data.places.filter(({ written }) => !known.has(written));
  return { ...structured, places: [...structured.places, ...added] };
}

function sortLinks(
  hrefs: Iterable<string>,
  base: URL,
  book: LinkBook,
): { links: Link[]; outbound: string[]; chats: Call[]; profiles: Profile[]; maps: MapQuery[] } {
  const links: Link[] = [];
  const chats: Call[] = [];
  const profiles: Profile[] = [];
  const maps: MapQuery[] = [];
  const outbound = new Set<string>();
  for (const href of hrefs) {
    const link = book.resolve(href, base);
    if (link === undefined) continue;
    if (!link.sameSite) {
      if (outbound.size < OUTBOUND_MAX) outbound.add(link.address);
      if (link.chat !== undefined && chats.length < CHATS_MAX)
        chats.push({ ...link.chat, ...UNNAMED });
      if (link.profile !== undefined && profiles.length < PROFILES_MAX) profiles.push(link.profile);
      if (link.map !== undefined && maps.length < MAPS_MAX) maps.push(link.map);
    } else if (links.length < LINKS_MAX) {
      links.push(link);
    }
  }
  return { links, outbound: [...outbound], chats, profiles, maps };
}

const UNNAMED = { label: null, before: "", after: "" };

/** Accounts that the site calls its own by rel=me; where their server is none of the known networks, they are the fediverse's. */
function ownProfiles({ own }: Findings): Profile[] {
  return own.flatMap((href) => {
    const url = URL.canParse(href) ? new URL(href) : undefined;
    return (url && (profileOf(url) ?? fediverseProfileOf(url))) ?? [];
  });
}

const mapsOf = ({ maps }: Findings): MapQuery[] =>
  [...maps]
    .slice(0, MAPS_MAX)
    .map(mapQueryOf)
    .filter((map) => map !== undefined);

function geoRegionOf(metas: ReadonlyMap<string, string>): string | null {
  const [, code] =
    /^\s*([a-z]{2})(?:-|$)/i.exec(metas.get("geo.region") ?? metas.get("geo.country") ?? "") ?? [];
  return code === undefined ? null : code.toUpperCase();
}

function linesOf(
  scan: Findings,
  { digit }: TextSigns,
  digits: DigitLines,
): { lines: DigitLine[]; cut: boolean } {
  const { lines, cut } = digits.of(scan.text, scan.signs, scan.marks, digit);
  for (const text of scan.asides) {
    const aside = digits.aside(text);
    if (aside !== undefined) lines.push(aside);
  }
  return { lines, cut };
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
