import { setImmediate as nextTurn } from "node:timers/promises";
import { failure, type Failure, isTransient } from "../fetch/failure.ts";
import { type Document, follow } from "../fetch/follow.ts";
import { retryAfterOf } from "../fetch/retry-after.ts";
import { headerOf, isContent, isPage, mayBePage } from "../fetch/sniff.ts";
import { isSameSite } from "../host.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { isBotWall, isShortForWall, mayBeWall, WALL_BYTES_MAX } from "../site/bot-wall.ts";
import { normalizeUrl, pageKey, resolveLink } from "../url.ts";
import type { Visit } from "../visit.ts";
import { innerFrames } from "./frames.ts";
import { Frontier } from "./frontier.ts";
import type { Home } from "./open-at.ts";
import { jitter } from "./pause.ts";
import { readPage, textOf } from "./read-page.ts";
import type { Robots } from "./robots.ts";

const FAILURES_IN_A_ROW_MAX = 3;
/** Addresses of the sitemap that may fail one after the other before the links of pages go first. */
const LISTED_MISSES_MAX = 2;
const REFUSALS_AT_A_TIME = 50;

export interface Crawled {
  /** The home page first. */
  pages: GatheredPage[];
  truncated: boolean;
  /** Ended before its pages were read. */
  partial: boolean;
  /** A challenge for bots ended it. */
  botWall: boolean;
}

/** Reads further pages of a site, at most `maxPages` with the home page, in at most twice as many tries. */
export async function crawl(
  home: Home,
  rules: Robots,
  sitemapPages: string[],
  visit: Visit,
): Promise<Crawled> {
  const site = home.document.url;
  const frontier = new Frontier(visit.maxPages);
  const pages = [home.page];
  let truncated = home.document.truncated;
  let failures = 0;
  let misses = 0;
  let refused = 0;
  frontier.claim(home.page.facts.url);
  for (const address of sitemapPages) {
    const url = resolveLink(address, site);
    if (url === undefined) continue;
    const normalized = normalizeUrl(url);
    frontier.add(normalized, pageKey(normalized), true);
  }
  enqueue(home.page, frontier);

  for (let tries = 0; pages.length < visit.maxPages && tries < visit.maxPages * 2;) {
    if (visit.signal.aborted) return { pages, truncated, partial: true, botWall: false };
    const next = frontier.next();
    if (next === undefined) break;
    // listed with another scheme or host name than the site really has: one redirect less
    const target = new URL(next.url.pathname + next.url.search, site);
    if (!rules.isAllowed(target)) {
      // thousands of addresses against thousands of rules would keep the process from everything else
      if (++refused % REFUSALS_AT_A_TIME === 0) await nextTurn();
      continue;
    }
    tries++;
    const document = await fetchInner(target, rules, visit);
    const isRead =
      document.ok && isContent(document.status) && isPage(document.headers, document.body);
    const isTrusted = misses < LISTED_MISSES_MAX;
    const isNew = document.ok && isRead && frontier.claim(normalizeUrl(document.url));
    misses = isNew ? 0 : next.listed ? misses + 1 : misses;
    if (next.listed && misses >= LISTED_MISSES_MAX) frontier.distrustList();
    if (!document.ok) {
      const isFinal = document.code === "rate_limited" || document.code === "bot_protection";
      if (isTransient(document) && !(next.listed && isTrusted)) failures++;
      if (isFinal || failures >= FAILURES_IN_A_ROW_MAX)
        return { pages, truncated, partial: true, botWall: document.code === "bot_protection" };
      continue;
    }
    failures = 0;
    if (!isNew) continue;
    truncated ||= document.truncated;
    const page = readPage(document, textOf(document), home.reading, visit, false);
    pages.push(page);
    enqueue(page, frontier);
  }
  return { pages, truncated, partial: visit.signal.aborted, botWall: false };
}

function enqueue(page: GatheredPage, frontier: Frontier): void {
  const { links, leads } = page.extract;
  const ahead = [...innerFrames(page.extract), ...leads.filter(({ sameSite }) => sameSite)];
  for (const { address, key } of ahead) frontier.add(address, key);
  for (const { address, key } of links) frontier.add(address, key);
}

/** A page of the site, tried a second time when the first failure may pass. */
async function fetchInner(url: URL, rules: Robots, visit: Visit): Promise<Document | Failure> {
  const first = await fetchOnce(url, rules, visit);
  if (first.ok || visit.signal.aborted || first.code === "bot_protection") return first;
  if (first.code === "rate_limited") {
    if ((first.retryAfterMs ?? 0) > visit.limits.retryAfterMaxMs) return first;
    await visit.clock.time.pause(
      first.retryAfterMs ?? visit.limits.backoffMs[0] ?? 0,
      visit.signal,
    );
  } else if (isTransient(first)) {
    await visit.clock.time.pause(jitter(visit.limits.backoffMs[0] ?? 0), visit.signal);
  } else {
    return first;
  }
  return fetchOnce(url, rules, visit);
}

async function fetchOnce(url: URL, rules: Robots, visit: Visit): Promise<Document | Failure> {
  const document = await follow(url, visit, {
    mayVisit: async (hop) => {
      if (!isSameSite(hop.hostname, url.hostname)) return failure("left_site", hop.hostname);
      return rules.isAllowed(hop) ? undefined : failure("robots_disallowed", hop.pathname);
    },
    wantBody: (status, headers) => (isContent(status) && mayBePage(headers)) || mayBeWall(status),
  });
  if (!document.ok) return document;
  const { status, headers } = document;
  if (status === 429) {
    const retryAfterMs = retryAfterOf(headerOf(headers, "retry-after"), visit.now());
    return failure("rate_limited", "429", { status, retryAfterMs });
  }
  const start = isShortForWall(status, document.body.length)
    ? document.body.toString("latin1", 0, WALL_BYTES_MAX)
    : "";
  if (isBotWall(status, headers, start))
    return failure("bot_protection", String(status), { status });
  return status >= 500 ? failure("http_error", String(status), { status }) : document;
}
