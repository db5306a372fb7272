import type { ScrapeCode, ScrapeFlag } from "./codes.ts";
import type { LeadFacts } from "./lead.ts";

/**
 * How one visit to a domain ended. `retry` is worth another attempt later, `failed` is not; `code` says why, and
 * `message` says it to people: nothing is decided by its words.
 */
export type ScrapeOutcome =
  | {
      kind: "done";
      lead: LeadFacts;
      site: SiteFacts;
      pages: PageFacts[];
      flags: ScrapeFlag[];
      metrics: Metrics;
    }
  | {
      kind: "retry";
      code: ScrapeCode;
      message: string;
      /** What the site itself asked for, at most one hour. */
      retryAfterMs?: number;
      metrics: Metrics;
    }
  | { kind: "failed"; code: ScrapeCode; message: string; metrics: Metrics };

/** What a visit comes back with: an outcome, or nothing because its caller ended it. */
export type ScrapeResult = ScrapeOutcome | { kind: "aborted" };

/** What the visit cost. */
export interface Metrics {
  /** Requests sent, redirects, robots.txt and sitemaps included. */
  requests: number;
  /** Pages read into facts. */
  pages: number;
  /** Body bytes on the wire. */
  bytes: number;
  /** Milliseconds spent waiting for the network. */
  fetchMs: number;
  /** Milliseconds spent decoding and extracting. */
  parseMs: number;
  /** Last status the home page answered with. */
  httpStatus: number | null;
  /** Where the home page was found in the end. */
  finalUrl: string | null;
}

/**
 * What is known of the web site itself; what it says of the business is the lead. Every string is free of NUL, well-formed and
 * capped; null means not seen.
 */
export interface SiteFacts {
  /** Host as asked for, lower case, punycode. */
  domain: string;
  finalUrl: string;
  /** Final URL when the domain redirects to another registrable domain. */
  redirectedTo: string | null;
  title: string | null;
  description: string | null;
  faviconUrl: string | null;
  logoUrl: string | null;
  ipAddress: string | null;
  server: string | null;
  cdn: string | null;
  hostingProvider: string | null;
  /** Milliseconds until the home page's headers. */
  responseMs: number;
  hasSsl: boolean;
  sslIssuer: string | null;
  sslVersion: string | null;
  /** ISO time. */
  sslExpiresAt: string | null;
  securityHeaders: Record<string, string>;
  robotsTxt: string | null;
  hasSitemap: boolean;
  sitemapUrl: string | null;
  /** Sitemap files read. */
  sitemapCount: number;
  /** Page addresses listed in them, as far as read. */
  sitemapUrls: number;
  feedUrls: string[];
  copyrightYear: string | null;
  googleAnalyticsId: string | null;
  googleTagManagerId: string | null;
  wordpress: { version: string | null; theme: string | null } | null;
  plugins: {
    elementor: { version: string | null } | null;
    divi: boolean;
    woocommerce: boolean;
    contactForm7: boolean;
    yoast: boolean;
    wpforms: boolean;
  };
  paymentMethods: string[];
  /** schema.org opening hours as lines such as "Mo-Fr 09:00-18:00". */
  businessHours: string[] | null;
  imagesCount: number;
  averagePageBytes: number;
  averageResponseMs: number;
}

export type PageType = "home" | "contact" | "about" | "legal" | "blog" | "product" | "other";

/** What is known of one page. */
export interface PageFacts {
  /** Final address, normalised: the key a page is stored under. */
  url: string;
  title: string | null;
  description: string | null;
  h1: string | null;
  canonicalUrl: string | null;
  metaRobots: string | null;
  language: string | null;
  schemaTypes: string[];
  hasContactForm: boolean;
  hasComments: boolean;
  wordCount: number;
  /** Pages of this crawl that link here. */
  inboundLinks: string[];
  /** Addresses on other sites this page links to. */
  outboundLinks: string[];
  /** ISO time. */
  lastModified: string | null;
  pageType: PageType;
  status: number;
  /** Body bytes after unpacking. */
  bytes: number;
}
