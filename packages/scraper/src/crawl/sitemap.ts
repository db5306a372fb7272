import { decodeText } from "../fetch/charset.ts";
import { unpack } from "../fetch/decode.ts";
import { follow } from "../fetch/follow.ts";
import { isGzip } from "../fetch/magic.ts";
import { headerOf, isContent } from "../fetch/sniff.ts";
import { isSameSite } from "../host.ts";
import { resolveLink } from "../url.ts";
import type { Visit } from "../visit.ts";
import type { Robots } from "./robots.ts";
import { parseSitemap, type SitemapContent } from "./sitemap-text.ts";

export interface SitemapFindings {
  /** The first file that could be read. */
  url: string | null;
  /** Files read. */
  files: number;
  /** Addresses of pages of this site, in file order. */
  pages: string[];
}

const USUAL_PLACE = "/sitemap.xml";

/**
 * Reads the sitemaps of a site: those named, then /sitemap.xml when they gave no page. Bounded in files, bytes, depth, time and
 * addresses.
 */
export async function readSitemaps(
  home: URL,
  named: string[],
  rules: Robots,
  visit: Visit,
): Promise<SitemapFindings> {
  const { limits } = visit;
  const found: SitemapFindings = { url: null, files: 0, pages: [] };
  const pages = new Set<string>();
  const seen = new Set<string>();
  const pagesMax = visit.maxPages * 10;
  const endsAt = performance.now() + limits.sitemapMs;
  let bytesLeft = limits.sitemapBytesMax;
  let tries = 0;

  for (const start of [named, [USUAL_PLACE]]) {
    if (pages.size > 0) break;
    const queue = start.map((address) => ({ address, depth: 0, base: home }));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const timeLeft = endsAt - performance.now();
      if (tries >= limits.sitemapFilesMax || bytesLeft <= 0 || timeLeft <= 0) break;
      if (pages.size >= pagesMax || visit.signal.aborted) break;
      const url = resolveLink(next.address.trim(), next.base);
      if (url === undefined || seen.has(url.href) || !isSameSite(url.hostname, home.hostname))
        continue;
      seen.add(url.href);
      if (!rules.isAllowed(url)) continue;
      tries++;
      const requestMs = Math.min(limits.requestMs, timeLeft);
      const file = await readFile(url, { bytesLeft, requestMs, max: pagesMax - pages.size }, visit);
      if (file === undefined) continue;
      bytesLeft -= file.bytes;
      found.files++;
      found.url ??= file.url.href;
      if (next.depth < limits.sitemapDepthMax) {
        for (const address of file.sitemaps.slice(0, limits.sitemapFilesMax))
          queue.push({ address, depth: next.depth + 1, base: file.url });
      }
      for (const address of file.pages) {
        const page = resolveLink(address, file.url);
        if (page !== undefined && isSameSite(page.hostname, home.hostname)) pages.add(page.href);
      }
    }
  }
  found.pages = [...pages];
  return found;
}

/** One file of them; undefined when it is not there or no sitemap. */
async function readFile(
  url: URL,
  budget: { bytesLeft: number; requestMs: number; max: number },
  visit: Visit,
): Promise<(SitemapContent & { url: URL; bytes: number }) | undefined> {
  const document = await follow(url, visit, {
    bodyBytesMax: budget.bytesLeft,
    requestMs: budget.requestMs,
    holds: "text",
    wantBody: isContent,
  });
  if (!document.ok || !isContent(document.status)) return undefined;
  const body = await unwrapped(document.body, budget.bytesLeft, document.truncated);
  const text = decodeText(body, headerOf(document.headers, "content-type"));
  const content = parseSitemap(text, budget.max);
  return content && { ...content, url: document.url, bytes: body.length };
}

/** A file that is packed in itself, whatever its name. */
async function unwrapped(body: Buffer, bodyBytesMax: number, partial: boolean): Promise<Buffer> {
  if (!isGzip(body)) return body;
  const unpacked = await unpack(body, "gzip", { bodyBytesMax, partial, holds: "text" });
  return unpacked.ok ? unpacked.body : body;
}
