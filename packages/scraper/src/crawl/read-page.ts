import { extract } from "../extract/extract.ts";
import type { SiteReading } from "../extract/site-reading.ts";
import { decodeText } from "../fetch/charset.ts";
import type { Document } from "../fetch/follow.ts";
import { headerOf } from "../fetch/sniff.ts";
import type { PageFacts } from "@scrapersky/outcome";
import type { GatheredPage } from "../site/gathered.ts";
import { isoTime } from "../site/site-facts.ts";
import { CAPS, line } from "../text.ts";
import { normalizeUrl } from "../url.ts";
import type { Visit } from "../visit.ts";
import { pageTypeOf } from "./page-type.ts";

/** The text of a document. Whoever keeps it keeps the page in memory. */
export const textOf = (document: Document): string =>
  decodeText(document.body, headerOf(document.headers, "content-type"));

/** Turns a document and its text into facts. */
export function readPage(
  document: Document,
  html: string,
  reading: SiteReading,
  visit: Visit,
  isHome: boolean,
): GatheredPage {
  const startedAt = performance.now();
  const found = extract(html, document.url, reading);
  const facts: PageFacts = {
    url: line(normalizeUrl(document.url), CAPS.url),
    ...found.page,
    inboundLinks: [],
    lastModified: isoTime(headerOf(document.headers, "last-modified")),
    pageType: isHome ? "home" : pageTypeOf(document.url),
    status: document.status,
    bytes: document.body.length,
  };
  visit.metrics.parseMs += performance.now() - startedAt;
  return { facts, extract: found, ms: document.headerMs };
}
