import type { LeadFacts } from "@scrapersky/outcome";
import { pageTypeOf } from "../src/crawl/page-type.ts";
import { extract } from "../src/extract/extract.ts";
import { siteReading } from "../src/extract/site-reading.ts";
import { leadFacts } from "../src/lead/lead-facts.ts";
import { type GatheredPage, unread } from "../src/site/gathered.ts";
import { normalizeUrl } from "../src/url.ts";

/** The lead of a site from the HTML of its pages by path, without a network. */
export function leadOf(pages: string | Record<string, string>, host = "x.com"): LeadFacts {
  const home = new URL(`https://${host}/`);
  const reading = siteReading(host, 2026);
  const byPath = typeof pages === "string" ? { "/": pages } : pages;
  const gathered: GatheredPage[] = Object.entries(byPath).map(([path, html]) => {
    const url = new URL(path, home);
    const found = extract(html, url, reading);
    const facts = {
      url: normalizeUrl(url),
      ...found.page,
      inboundLinks: [],
      lastModified: null,
      pageType: path === "/" ? ("home" as const) : pageTypeOf(url),
      status: 200,
      bytes: html.length,
    };
    return { facts, extract: found, ms: 1 };
  });
  const empty = unread({
    domain: host,
    url: home,
    robotsTxt: null,
    peer: undefined,
    flags: new Set(),
  });
  return leadFacts({ ...empty, pages: gathered, traces: reading.traces }, new Map());
}

/** A page with a language. */
export const inLanguage = (lang: string, body: string): string =>
  `<html lang="${lang}"><body>${body}</body></html>`;

export const numbersOf = ({ phones }: LeadFacts): string[] => phones.map(({ e164 }) => e164);
