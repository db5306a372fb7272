import type { ScrapeFlag } from "@scrapersky/outcome";
import type { Extract } from "../extract/extract.ts";
import { type SiteReading, siteReading } from "../extract/site-reading.ts";
import { decodeText } from "../fetch/charset.ts";
import { type Failure, failure } from "../fetch/failure.ts";
import { type Document, follow } from "../fetch/follow.ts";
import { retryAfterOf } from "../fetch/retry-after.ts";
import { headerOf, isPage, mayBePage } from "../fetch/sniff.ts";
import { registrableOf } from "../host.ts";
import { refreshOf } from "../refresh.ts";
import { isBotWall, isShortForWall, WALL_BYTES_MAX } from "../site/bot-wall.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { isParked } from "../site/parked.ts";
import { isJsRedirect, needsJs } from "../site/scripted.ts";
import { lineOrNull } from "../text.ts";
import { normalizeUrl } from "../url.ts";
import type { Visit } from "../visit.ts";
import { framedSite } from "./frames.ts";
import { readPage, textOf } from "./read-page.ts";
import type { RobotsFiles } from "./robots.ts";

export interface Home {
  ok: true;
  document: Document;
  page: GatheredPage;
  reading: SiteReading;
  flags: ScrapeFlag[];
}

const RATE_LIMIT_WAITS_MAX = 3;
const REFRESH_HOPS_MAX = 2;
const REFRESH_SECONDS_MAX = 5;
const FRAME_HOPS_MAX = 2;
/** Longer pages without a word may be drawn by their styles. */
const BLANK_LENGTH_MAX = 2_000;

/** Reads the home page at one address, and what it leads to: by refresh, or by a frame that is all it holds. */
export async function openAt(
  address: URL,
  domain: string,
  robots: RobotsFiles,
  visit: Visit,
): Promise<Home | Failure> {
  const first = await readHome(address, robots, visit);
  if (!first.ok) return first;
  let outer: Home = first;
  const isOffsite = registrableOf(outer.document.url.hostname) !== registrableOf(domain);
  const flags: ScrapeFlag[] = isOffsite ? ["offsite_redirect"] : [];
  for (let frames = 0; ; frames++) {
    const framed: URL | undefined = outer.flags.includes("parked")
      ? undefined
      : framedSite(outer.page.extract);
    if (framed === undefined) break;
    const inner: Home | Failure =
      frames < FRAME_HOPS_MAX ? await readHome(framed, robots, visit) : failure("redirect_loop");
    if (!inner.ok) {
      flags.push("frame_unread");
      break;
    }
    outer = inner;
    if (!flags.includes("framed")) flags.push("framed");
  }
  visit.metrics.httpStatus = outer.document.status;
  visit.metrics.finalUrl = outer.document.url.href;
  return { ...outer, flags: [...outer.flags, ...flags] };
}

/** The page at an address, its refreshes followed and its requests for patience granted. */
async function readHome(address: URL, robots: RobotsFiles, visit: Visit): Promise<Home | Failure> {
  let url = address;
  let waits = 0;
  let refreshes = 0;
  const asked = new Set<string>();
  const doorOf = (door: URL) => `${door.href} ${visit.cookies.headerFor(door, visit.now())}`;
  for (;;) {
    asked.add(doorOf(url));
    const document = await fetchDocument(url, robots, visit);
    if (!document.ok) return document;
    visit.metrics.httpStatus = document.status;
    visit.metrics.finalUrl = document.url.href;
    if (document.status === 429 && !isWall(document)) {
      const retryAfterMs = askedPauseOf(document, visit) ?? visit.limits.backoffMs[waits] ?? 0;
      if (retryAfterMs > visit.limits.retryAfterMaxMs || waits >= RATE_LIMIT_WAITS_MAX) {
        return failure("rate_limited", "429", { status: 429, retryAfterMs });
      }
      waits++;
      await visit.clock.time.pause(retryAfterMs, visit.signal);
      continue;
    }
    const problem = problemOf(document, visit);
    if (problem !== undefined) return problem;
    const reading = siteReading(document.url.hostname, new Date(visit.now()).getUTCFullYear());
    const html = textOf(document);
    const page = readPage(document, html, reading, visit, true);
    const refresh =
      refreshOf(headerOf(document.headers, "refresh"), document.url) ?? page.extract.metaRefresh;
    // a page that leads to itself once its cookie is set has something else to show
    const isElsewhere = refresh && normalizeUrl(refresh.url) !== page.facts.url;
    if (
      refreshes < REFRESH_HOPS_MAX &&
      refresh !== undefined &&
      refresh.seconds <= REFRESH_SECONDS_MAX &&
      (isElsewhere || !asked.has(doorOf(refresh.url)))
    ) {
      refreshes++;
      url = refresh.url;
      continue;
    }
    return { ok: true, document, page, reading, flags: natureOf(page.extract, html) };
  }
}

const askedPauseOf = ({ headers }: Document, visit: Visit): number | undefined =>
  retryAfterOf(headerOf(headers, "retry-after"), visit.now());

/** Remarks that the home page alone calls for: at most one, the one that explains the others. */
function natureOf(extract: Extract, html: string): ScrapeFlag[] {
  if (isBlank(extract, html)) return ["empty"];
  if (isParked(extract, html)) return ["parked"];
  if (isJsRedirect(extract)) return ["js_redirect"];
  return needsJs(extract, html) ? ["needs_js"] : [];
}

/** Nothing to read, not even a title, nor a script that might draw something. */
function isBlank(found: Extract, html: string): boolean {
  if (html.trim() === "") return true;
  const { page, images, links, frames, scripts, emails, calls } = found;
  const parts = [links, page.outboundLinks, frames, emails, calls];
  return (
    html.length < BLANK_LENGTH_MAX &&
    page.title === null &&
    page.wordCount + images + scripts === 0 &&
    parts.every(({ length }) => length === 0)
  );
}

/** One page of the web with its redirects, where robots.txt of each origin on the way agrees. */
async function fetchDocument(
  url: URL,
  robots: RobotsFiles,
  visit: Visit,
): Promise<Document | Failure> {
  return follow(url, visit, {
    mayVisit: async (hop) => {
      const rules = await robots.get(hop);
      if (!rules.ok) return rules;
      return rules.isAllowed(hop)
        ? undefined
        : failure("robots_disallowed", hop.href, { forbidden: hop });
    },
    wantBody: (status, headers) => status !== 200 || mayBePage(headers),
  });
}

/** No encoding that is decoded has longer characters. */
const BYTES_PER_CHAR_MAX = 4;

function isWall(document: Document): boolean {
  const { status, headers, body } = document;
  const charsMin = Math.min(body.length, WALL_BYTES_MAX) / BYTES_PER_CHAR_MAX;
  return isBotWall(status, headers, isShortForWall(status, charsMin) ? startOf(document) : "");
}

const startOf = ({ body, headers }: Document): string =>
  decodeText(body.subarray(0, WALL_BYTES_MAX), headerOf(headers, "content-type"));

/** Statuses that come without a page: nothing to show, or nothing new to a visitor who never was there. */
const BODILESS = new Set([204, 205, 304]);

/** Why a document is not a home page; undefined when it is one. */
function problemOf(document: Document, visit: Visit): Failure | undefined {
  const { status, headers, body } = document;
  if (isWall(document)) return failure("bot_protection", String(status), { status });
  if (status === 401 || status === 403 || status === 407 || status === 451)
    return failure("blocked_http", String(status), { status });
  if (BODILESS.has(status)) return undefined;
  // a redirect to nowhere shows what it holds
  const isShown = status >= 300 && status < 400 && body.length > 0 && isPage(headers, body);
  if ((status < 200 || status >= 300) && !isShown) {
    const title = lineOrNull(/<title[^>]{0,200}>([^<]{1,300})/i.exec(startOf(document))?.[1], 120);
    const words = title === null ? String(status) : `${status}, "${title}"`;
    const retryAfterMs = status >= 500 ? askedPauseOf(document, visit) : undefined;
    return failure("http_error", words, { status, retryAfterMs });
  }
  if (body.length === 0 && mayBePage(headers)) return undefined;
  return isPage(headers, body)
    ? undefined
    : failure("not_html", headerOf(headers, "content-type").slice(0, 80));
}
