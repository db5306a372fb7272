import { pageKey } from "../url.ts";
import type { GatheredPage } from "../site/gathered.ts";

const INBOUND_MAX = 200;

/** Fills in which of the pages read link to which. */
export function linkPages(pages: GatheredPage[]): void {
  const byKey = new Map(pages.map((page) => [pageKey(page.facts.url), page]));
  for (const from of pages) {
    const met = new Set<GatheredPage>();
    for (const { key } of from.extract.links) {
      const to = byKey.get(key);
      if (
        to === undefined ||
        to === from ||
        met.has(to) ||
        to.facts.inboundLinks.length >= INBOUND_MAX
      )
        continue;
      met.add(to);
      to.facts.inboundLinks.push(from.facts.url);
    }
  }
}
