import { gunzipSync } from "node:zlib";
import { decodeXML } from "entities";
import { isGzip } from "../fetch/decode.ts";
import { follow } from "../fetch/follow.ts";
import { isSameSite } from "../host.ts";
import { resolveLink } from "../url.ts";
import type { Visit } from "../visit.ts";
import type { Robots } from "./robots.ts";

export interface SitemapFindings {
  /** The first file that could be read. */
  url: string | null;
  /** Files read. */
  files: number;
  /** Addresses of pages of this site, in file order. */
  pages: string[];
}

/** Reads the sitemaps of a site: those named, else /sitemap.xml. Bounded in files, bytes, depth, time and addresses. */
export async function readSitemaps(
  home: URL,
  named: string[],
  rules: Robots,
  visit: Visit,
): Promise<SitemapFindings> {
  const { limits } = visit;
  const found: SitemapFindings = { url: null, files: 0, pages: [] };
  const queue = (named.length > 0 ? named : ["/sitemap.xml"]).map((address) => ({
    address,
    depth: 0,
  }));
  const seen = new Set<string>();
  const pagesMax = visit.maxPages * 10;
  const endsAt = performance.now() + limits.sitemapMs;
  let bytesLeft = limits.sitemapBytesMax;
  let tries = 0;

  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const timeLeft = endsAt - performance.now();
    if (tries >= limits.sitemapFilesMax || bytesLeft <= 0 || timeLeft <= 0 || visit.signal.aborted)
      break;
    if (found.pages.length >= pagesMax) break;
    const url = resolveLink(next.address.trim(), home);
    if (url === undefined || seen.has(url.href) || !isSameSite(url.hostname, home.hostname))
      continue;
    seen.add(url.href);
    if (!rules.isAllowed(url)) continue;
    tries++;
    const document = await follow(url, visit, {
      bodyBytesMax: bytesLeft,
      requestMs: Math.min(limits.requestMs, timeLeft),
      wantBody: (status) => status === 200,
    });
    if (!document.ok || document.status !== 200) continue;
    const body = gunzip(document.body, bytesLeft);
    if (body === undefined) continue;
    bytesLeft -= body.length;
    const content = parseSitemap(body.toString("utf8"), pagesMax - found.pages.length);
    if (content === undefined) continue;
    found.files++;
    found.url ??= document.url.href;
    if (next.depth < limits.sitemapDepthMax) {
      for (const address of content.sitemaps.slice(0, limits.sitemapFilesMax))
        queue.push({ address, depth: next.depth + 1 });
    }
    for (const address of content.pages) {
      const page = resolveLink(address, home);
      if (page !== undefined && isSameSite(page.hostname, home.hostname))
        found.pages.push(page.href);
    }
  }
  return found;
}

/** A file that is compressed in itself, whatever its name; undefined when it does not unpack within the budget. */
function gunzip(body: Buffer, bytesMax: number): Buffer | undefined {
  if (!isGzip(body)) return body;
  try {
    return gunzipSync(body, { maxOutputLength: bytesMax });
  } catch {
    return undefined;
  }
}

/**
 * Addresses in a sitemap, a sitemap index or a list of lines, at most `max` of them; undefined when it is none of these.
 * Looks for `<loc>` only: half the cost of an XML parser is never paid, and broken files still give what they hold.
 */
export function parseSitemap(
  text: string,
  max: number,
): { sitemaps: string[]; pages: string[] } | undefined {
  const head = text.slice(0, 2_000);
  if (!/<(?:\w+:)?(?:urlset|sitemapindex)\b/i.test(head)) {
    return /^\uFEFF?\s*https?:\/\//.test(head)
      ? { sitemaps: [], pages: lines(text, max) }
      : undefined;
  }
  const addresses: string[] = [];
  for (let from = 0; addresses.length < max;) {
    const open = text.indexOf("<loc>", from);
    if (open === -1) break;
    const close = text.indexOf("</loc>", open);
    if (close === -1) break;
    from = close + 6;
    const raw = text.slice(open + 5, close).trim();
    if (raw.length <= 3_000)
      addresses.push(decodeXML(raw.replace(/^<!\[CDATA\[|\]\]>$/g, "").trim()));
  }
  const isIndex = /<(?:\w+:)?sitemapindex\b/i.test(head);
  return isIndex ? { sitemaps: addresses, pages: [] } : { sitemaps: [], pages: addresses };
}

function lines(text: string, max: number): string[] {
  const pages: string[] = [];
  for (let from = 0; pages.length < max && from < text.length;) {
    const end = text.indexOf("\n", from);
    const stop = end === -1 ? text.length : end;
    const address = text.slice(from, Math.min(stop, from + 3_000)).trim();
    if (/^https?:\/\//.test(address)) pages.push(address);
    from = stop + 1;
  }
  return pages;
}
