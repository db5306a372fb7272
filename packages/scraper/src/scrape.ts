import {
  FailureReasons,
  type Metrics,
  type ScrapeCode,
  type ScrapeFlag,
  type ScrapeOutcome,
  type ScrapeResult,
} from "@scrapersky/outcome";
import { crawl } from "./crawl/crawl.ts";
import { openHome } from "./crawl/home.ts";
import { linkPages } from "./crawl/inbound.ts";
import { type Robots, RobotsFiles } from "./crawl/robots.ts";
import { readSitemaps, type SitemapFindings } from "./crawl/sitemap.ts";
import { type Failure, isTransient } from "./fetch/failure.ts";
import { parseDomain, registrableOf } from "./host.ts";
import { askMailDomains, type MailAnswers } from "./lead/mail-answers.ts";
import { leadFacts } from "./lead/lead-facts.ts";
import { type Gathered, unread } from "./site/gathered.ts";
import { siteFacts } from "./site/site-facts.ts";
import { openVisit, type ScrapeOptions, type Visit } from "./visit.ts";

const NO_SITEMAP: SitemapFindings = { url: null, files: 0, pages: [] };

/**
 * Visits one domain and says what it found: robots.txt, home page, sitemaps, then further pages, politely and within
 * the limits. Resolves whatever the site does; a rejection is a bug, or a wrong option (`maxPages` is no
 * positive integer; an allow-list in production).
 */
export async function scrape(domain: string, options: ScrapeOptions): Promise<ScrapeResult> {
  if (!Number.isInteger(options.maxPages) || options.maxPages < 1) {
    throw new Error(`maxPages must be a positive integer, got ${options.maxPages}.`);
  }
  const visit = openVisit(options);
  try {
    const host = parseDomain(domain);
    if (host === undefined) return fail("failed", "invalid_domain", domain.slice(0, 100), visit);
    return await visitSite(host, visit);
  } finally {
    visit.close();
  }
}

async function visitSite(domain: string, visit: Visit): Promise<ScrapeResult> {
  const robots = new RobotsFiles(visit);
  const home = await openHome(domain, robots, visit);
  if (visit.stopped() === "caller") return { kind: "aborted" };
  if (!home.ok)
    return home.forbidden === undefined
      ? failed(home, visit)
      : skipped(domain, visit, robots, home.forbidden);

  const rules = await robots.get(home.document.url);
  const flags = new Set<ScrapeFlag>(home.flags);
  // a home page that holds nothing may still have a sitemap
  const roams = rules.ok && !flags.has("offsite_redirect") && !flags.has("parked");
  let sitemap = NO_SITEMAP;
  let pages = [home.page];
  let botWall = false;
  if (home.document.truncated) flags.add("truncated");
  if (roams) {
    if (rules.crawlDelayMs > visit.limits.crawlDelayMaxMs) {
      flags.add("crawl_delay");
    } else {
      visit.crawlDelayMs = rules.crawlDelayMs;
      sitemap = await readSitemaps(home.document.url, rules.sitemaps, rules, visit);
      const crawled = await crawl(home, rules, sitemap.pages, visit);
      pages = crawled.pages;
      botWall = crawled.botWall;
      if (crawled.truncated) flags.add("truncated");
      if (crawled.partial) flags.add("partial");
    }
  }
  if (visit.stopped() === "caller") return { kind: "aborted" };

  const startedAt = performance.now();
  linkPages(pages);
  const gathered: Gathered = {
    domain,
    home: home.document,
    redirectedTo:
      registrableOf(home.document.url.hostname) === registrableOf(domain)
        ? null
        : home.page.facts.url,
    robotsTxt: rules.ok ? rules.text : null,
    sitemap,
    pages,
    traces: home.reading.traces,
    flags,
    botWall,
  };
  visit.metrics.parseMs += performance.now() - startedAt;
  const mail = await askMailDomains(gathered, visit);
  if (visit.stopped() === "caller") return { kind: "aborted" };
  const tellingAt = performance.now();
  const told = tell(gathered, mail);
  visit.metrics.pages = pages.length;
  visit.metrics.parseMs += performance.now() - tellingAt;
  return { kind: "done", ...told, metrics: rounded(visit.metrics) };
}

function tell(gathered: Gathered, mail: MailAnswers) {
  const lead = leadFacts(gathered, mail);
  return {
    lead,
    site: siteFacts(gathered, lead.technologies),
    pages: gathered.pages.map(({ facts }) => facts),
    flags: [...gathered.flags],
  };
}

function failed(home: Failure, visit: Visit): ScrapeOutcome {
  // the deadline ends a request as an abort; to the job it is a site that took too long
  const code =
    home.code === "aborted" || home.code === "left_site" || home.code === "robots_disallowed"
      ? "timeout"
      : home.code;
  // A name that is to be asked for again says when.
  const isLater = code === "dns_not_found" && home.retryAfterMs !== undefined;
  const kind = isLater || isTransient({ ...home, code }) ? "retry" : "failed";
  return fail(kind, code, home.detail, visit, home.retryAfterMs);
}

function fail(
  kind: "retry" | "failed",
  code: ScrapeCode,
  detail: string,
  visit: Visit,
  retryAfterMs?: number,
): ScrapeOutcome {
  const message =
    detail === ""
      ? FailureReasons[code]
      : `${FailureReasons[code]} (${detail.slice(0, 200)})`.toWellFormed();
  const metrics = rounded(visit.metrics);
  if (kind === "failed") return { kind, code, message, metrics };
  return { kind, code, message, metrics, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** A site whose robots.txt keeps everyone out: nothing was read, and nothing went wrong. */
async function skipped(
  domain: string,
  visit: Visit,
  robots: RobotsFiles,
  url: URL,
): Promise<ScrapeOutcome> {
  const rules: Robots | undefined = await robots
    .get(url)
    .then((result) => (result.ok ? result : undefined));
  const gathered = unread({
    domain,
    url,
    robotsTxt: rules?.text ?? null,
    peer: visit.guard.peerOf(url.hostname, url.protocol === "https:" ? "443" : "80"),
    flags: new Set<ScrapeFlag>(["robots_disallowed"]),
  });
  return {
    kind: "done",
    ...tell(gathered, new Map()),
    metrics: rounded({ ...visit.metrics, finalUrl: url.href }),
  };
}

const rounded = (metrics: Metrics): Metrics => ({
  ...metrics,
  fetchMs: Math.round(metrics.fetchMs),
  parseMs: Math.round(metrics.parseMs),
});
