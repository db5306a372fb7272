/** Every bound of one visit. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** Body bytes read from the wire; what comes after is not read. */
  wireBytesMax: number;
  /** Bytes a compressed body may unpack to. */
  bodyBytesMax: number;
  connectMs: number;
  /** One request from first byte sent to last byte read. */
  requestMs: number;
  /** One visit: `domainMs + pageMs * maxPages`. */
  domainMs: number;
  pageMs: number;
  redirectsMax: number;
  /** Pauses before the second and the third try of the home page; a random part of each is waited. */
  backoffMs: number[];
  /** Pause before a name that does not resolve is asked for again. */
  dnsRetryMs: number;
  /** Least pause between two requests to a host; 0 switches the pause off. */
  hostDelayMs: number;
  hostDelayMaxMs: number;
  /** Longest Crawl-delay that is honoured; above it only the home page is read. */
  crawlDelayMaxMs: number;
  /** Longest Retry-After that is waited for in place. */
  retryAfterMaxMs: number;
  robotsBytesMax: number;
  sitemapFilesMax: number;
  sitemapBytesMax: number;
  sitemapMs: number;
  sitemapDepthMax: number;
  /** Domains of mailboxes that name servers are asked about, and how long their answers are waited for. */
  mailDomainsMax: number;
  mailMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  wireBytesMax: 2_000_000,
  bodyBytesMax: 5_000_000,
  connectMs: 8_000,
  requestMs: 20_000,
  domainMs: 120_000,
  pageMs: 10_000,
  redirectsMax: 10,
  backoffMs: [2_000, 8_000],
  dnsRetryMs: 30_000,
  hostDelayMs: 500,
  hostDelayMaxMs: 10_000,
  crawlDelayMaxMs: 30_000,
  retryAfterMaxMs: 120_000,
  robotsBytesMax: 512_000,
  sitemapFilesMax: 20,
  sitemapBytesMax: 20_000_000,
  sitemapMs: 10_000,
  sitemapDepthMax: 3,
  mailDomainsMax: 20,
  mailMs: 5_000,
};

/** Visits that may be at one network address at the same time, each with one request. */
export const VISITS_PER_ADDRESS_MAX = 8;

/** Least time between two requests of one of those places: twenty a second at an address at most. */
export const PLACE_PAUSE_MS = 400;

/** Longest wait that is passed on to the queue. */
export const RETRY_AFTER_CAP_MS = 3_600_000;
