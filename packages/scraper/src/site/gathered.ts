import type { PageFacts, ScrapeFlag } from "@scrapersky/outcome";
import type { SitemapFindings } from "../crawl/sitemap.ts";
import type { Extract } from "../extract/extract.ts";
import { SiteTraces } from "../extract/site-traces.ts";
import type { Document } from "../fetch/follow.ts";
import type { Peer } from "../guard/connect.ts";

/** One page of a visit, with what only its site's facts need. */
export interface GatheredPage {
  facts: PageFacts;
  extract: Extract;
  /** Milliseconds until its headers came. */
  ms: number;
}

/** All a visit gathered, in the order the pages were read; the home page is the first. */
export interface Gathered {
  domain: string;
  home: Document;
  redirectedTo: string | null;
  robotsTxt: string | null;
  sitemap: SitemapFindings;
  pages: GatheredPage[];
  traces: SiteTraces;
  flags: ReadonlySet<ScrapeFlag>;
  /** A challenge for bots ended the reading of further pages. */
  botWall: boolean;
}

/** What is gathered of a site of which no page was read. */
export function unread(known: {
  domain: string;
  url: URL;
  robotsTxt: string | null;
  peer: Peer | undefined;
  flags: ReadonlySet<ScrapeFlag>;
}): Gathered {
  return {
    domain: known.domain,
    home: {
      ok: true,
      url: known.url,
      status: 0,
      headers: {},
      body: Buffer.alloc(0),
      truncated: false,
      headerMs: 0,
      totalMs: 0,
      wireBytes: 0,
      peer: known.peer ?? { address: null, tls: null },
    },
    redirectedTo: null,
    robotsTxt: known.robotsTxt,
    sitemap: { url: null, files: 0, pages: [] },
    pages: [],
    traces: new SiteTraces(),
    flags: known.flags,
    botWall: false,
  };
}

/** The pages whose words are the site's own: what stands on a parker's page is not. */
export const ownPages = ({ pages, flags }: Gathered): GatheredPage[] =>
  flags.has("parked") ? [] : pages;

/** The first value that a page has. */
export function firstOf<T>(pages: readonly GatheredPage[], pick: (page: GatheredPage) => T | null) {
  for (const page of pages) {
    const value = pick(page);
    if (value !== null) return value;
  }
  return null;
}

export const unique = <T>(items: readonly T[], max: number): T[] =>
  [...new Set(items)].slice(0, max);
