import type { ScrapeFlag } from "@scrapersky/outcome";
import type { Extract, SiteReading } from "../extract/extract.ts";
import { LinkBook } from "../extract/link-book.ts";
import { SiteTraces } from "../extract/site-traces.ts";
import { decodeText } from "../fetch/charset.ts";
import { type Failure, failure, isTransient } from "../fetch/failure.ts";
import { type Document, follow } from "../fetch/follow.ts";
import { retryAfterOf } from "../fetch/retry-after.ts";
import { headerOf, isPage, mayBePage } from "../fetch/sniff.ts";
import { registrableOf, withoutWww } from "../host.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { isBotWall, isJsRedirect, isParked, needsJs } from "../site/walls.ts";
import { lineOrNull } from "../text.ts";
import { normalizeUrl } from "../url.ts";
import type { Visit } from "../visit.ts";
import { jitter } from "./pause.ts";
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

/** Finds and reads the home page of a domain: the addresses it may live at, then what is found there, with retries. */
export async function openHome(
  domain: string,
  robots: RobotsFiles,
  visit: Visit,
): Promise<Home | Failure> {
  const { backoffMs, dnsRetryMs } = visit.limits;
  for (let round = 0; ; round++) {
    const result = await tryAddresses(domain, robots, visit);
    if (result.ok || visit.signal.aborted) return result;
    const pauseMs =
      result.code === "dns_not_found"
        ? round === 0 && !visit.closedWorld
          ? dnsRetryMs
          : undefined
        : backoffMs[round];
    const once = result.code === "timeout" && round > 0;
    if (
      pauseMs === undefined ||
      once ||
      !(isTransient(result) || result.code === "dns_not_found") ||
      result.code === "rate_limited"
    )
      return result;
    await visit.clock.time.pause(jitter(pauseMs), visit.signal);
  }
}

/** Failures that leave open whether the site lives at another scheme or at the other of apex and "www.". */
const ELSEWHERE = new Set([
  "dns_not_found",
  "dns_error",
  "connect_refused",
  "conn_reset",
  "timeout",
  "tls_error",
  "bad_http",
]);
/** Of several failures, the one that says most is reported. */
const TELLING = [
  "http_error",
  "bad_http",
  "tls_error",
  "timeout",
  "conn_reset",
  "connect_refused",
  "dns_error",
  "dns_not_found",
];

async function tryAddresses(
  domain: string,
  robots: RobotsFiles,
  visit: Visit,
): Promise<Home | Failure> {
  let worst: Failure | undefined;
  const deadHosts = new Set<string>();
  let tlsInvalid = false;
  for (const address of addressesOf(domain)) {
    if (deadHosts.has(address.hostname)) continue;
    const result = await openAt(address, domain, robots, visit);
    if (result.ok) {
      if (tlsInvalid && result.document.url.protocol === "http:") result.flags.push("tls_invalid");
      return result;
    }
    const gone = result.code === "http_error" && (result.status === 404 || result.status === 410);
    // a server that took the request and never finished would only do so again elsewhere
    if ((!ELSEWHERE.has(result.code) && !gone) || result.unfinished || visit.signal.aborted)
      return result;
    if (result.code === "tls_error") tlsInvalid = true;
    if (result.code === "dns_not_found" || result.code === "dns_error")
      deadHosts.add(address.hostname);
    if (worst === undefined || TELLING.indexOf(result.code) < TELLING.indexOf(worst.code))
      worst = result;
  }
  return worst ?? failure("invalid_domain", domain);
}

function addressesOf(domain: string): URL[] {
  const bare = withoutWww(domain);
  const twin =
    domain === bare ? (registrableOf(domain) === domain ? `www.${domain}` : undefined) : bare;
  const hosts = twin === undefined ? [domain] : [domain, twin];
  return hosts.flatMap((host) => [new URL(`https://${host}/`), new URL(`http://${host}/`)]);
}

async function openAt(
  address: URL,
  domain: string,
  robots: RobotsFiles,
  visit: Visit,
): Promise<Home | Failure> {
  let url = address;
  let waits = 0;
  let refreshes = 0;
  for (;;) {
    const document = await fetchDocument(url, robots, visit);
    if (!document.ok) return document;
    visit.metrics.httpStatus = document.status;
    visit.metrics.finalUrl = document.url.href;
    if (document.status === 429 && !isWall(document)) {
      const retryAfterMs =
        retryAfterOf(headerOf(document.headers, "retry-after"), visit.now()) ??
        visit.limits.backoffMs[waits] ??
        0;
      if (retryAfterMs > visit.limits.retryAfterMaxMs || waits >= RATE_LIMIT_WAITS_MAX) {
        return failure("rate_limited", "429", { status: 429, retryAfterMs });
      }
      waits++;
      await visit.clock.time.pause(retryAfterMs, visit.signal);
      continue;
    }
    const problem = problemOf(document);
    if (problem !== undefined) return problem;
    const reading = {
      traces: new SiteTraces(),
      links: new LinkBook(document.url.hostname),
      thisYear: new Date(visit.now()).getUTCFullYear(),
    };
    const html = textOf(document);
    const page = readPage(document, html, reading, visit, true);
    const refresh = page.extract.metaRefresh;
    const leads =
      refresh !== undefined &&
      refresh.seconds <= REFRESH_SECONDS_MAX &&
      normalizeUrl(refresh.url) !== page.facts.url;
    if (leads && refreshes < REFRESH_HOPS_MAX) {
      refreshes++;
      url = refresh.url;
      continue;
    }
    const flags: ScrapeFlag[] = natureOf(page.extract, html);
    if (registrableOf(document.url.hostname) !== registrableOf(domain))
      flags.push("offsite_redirect");
    return { ok: true, document, page, reading, flags };
  }
}

/** Remarks that the home page alone calls for: at most one, the one that explains the others. */
function natureOf(extract: Extract, html: string): ScrapeFlag[] {
  if (html.trim() === "") return ["empty"];
  if (isParked(extract, html)) return ["parked"];
  if (isJsRedirect(extract)) return ["js_redirect"];
  return needsJs(extract) ? ["needs_js"] : [];
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

const isWall = (document: Document): boolean =>
  isBotWall(document.status, document.headers, sample(document));

const sample = (document: Document): string =>
  decodeText(document.body.subarray(0, 80_000), headerOf(document.headers, "content-type"));

/** Why a document is not a home page; undefined when it is one. */
function problemOf(document: Document): Failure | undefined {
  const { status, headers, body } = document;
  if (isWall(document)) return failure("bot_protection", String(status), { status });
  if (status === 401 || status === 403 || status === 407 || status === 451)
    return failure("blocked_http", String(status), { status });
  if (status < 200 || status >= 300) {
    const start = decodeText(body.subarray(0, 80_000), headerOf(headers, "content-type"));
    const title = lineOrNull(/<title[^>]{0,200}>([^<]{1,300})/i.exec(start)?.[1], 120);
    const words = title === null ? String(status) : `${status}, "${title}"`;
    return failure("http_error", words, { status });
  }
  if (status === 204 || status === 205 || (body.length === 0 && mayBePage(headers)))
    return undefined;
  return isPage(headers, body)
    ? undefined
    : failure("not_html", headerOf(headers, "content-type").slice(0, 80));
}
