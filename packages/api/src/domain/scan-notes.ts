import type { ScrapeFlag } from "@scrapersky/outcome";
import type { ScanNote } from "./domain.contract.ts";
import { readableName } from "./readable-name.ts";

const offsite = (site: string): string =>
  `The domain redirects to ${site}; only the page it lands on was read.`;

/** One sentence per remark of a scan that ended well. */
const NOTE_SENTENCES: Record<ScrapeFlag, string> = {
  offsite_redirect: offsite("another site"),
  framed: "The domain shows another site in a frame; that site was read.",
  frame_unread: "The domain shows another site in a frame, which could not be read.",
  partial: "The time or error limit ended the visit early; the pages read until then are kept.",
  truncated: "At least one page was longer than the limit; its beginning was read.",
  empty: "The home page has no content.",
  parked: "The domain is parked, for sale, suspended or shows a server's default page.",
  js_redirect: "The home page sends visitors elsewhere by script, which is not run.",
  needs_js: "The home page is drawn by script; only what its HTML holds was read.",
  robots_disallowed: "Skipped: robots.txt does not allow it.",
  crawl_delay: "The site asks for very long pauses between visits, so only the home page was read.",
  tls_invalid: "The site's certificate is not valid; it was read over plain HTTP.",
};

const isKnown = (flag: string): flag is ScrapeFlag => Object.hasOwn(NOTE_SENTENCES, flag);

function sentenceOf(flag: string, landedOn: string | null): string {
  if (!isKnown(flag)) return `Noted: ${flag.replaceAll("_", " ")}.`;
  return flag === "offsite_redirect" && landedOn !== null && URL.canParse(landedOn)
    ? offsite(readableName(new URL(landedOn).hostname))
    : NOTE_SENTENCES[flag];
}

/**
 * What to know before the facts of a scan are believed. The flags come from a JSON column, so anything
 * may stand there; the address is where the domain's visitors end up.
 */
export function scanNotes(flags: unknown, landedOn: string | null): ScanNote[] {
  if (!Array.isArray(flags)) return [];
  return flags
    .filter((flag) => typeof flag === "string")
    .map((flag) => ({ flag, text: sentenceOf(flag, landedOn) }));
}
