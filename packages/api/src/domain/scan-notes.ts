import type { ScanNote } from "./domain.contract.ts";
import { readableName } from "./readable-name.ts";

/** One sentence per remark of a scan that ended well. */
const NOTE_SENTENCES: Record<string, string> = {
  offsite_redirect: "The domain redirects to another site; only the page it lands on was read.",
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

export const noteSentenceOf = (flag: string): string =>
  NOTE_SENTENCES[flag] ?? `Noted: ${flag.replaceAll("_", " ")}.`;

/**
 * What to know before the facts of a scan are believed. The flags come from a JSON column, so anything
 * may stand there; the address is where the domain's visitors end up.
 */
export function scanNotes(flags: unknown, landedOn: string | null): ScanNote[] {
  if (!Array.isArray(flags)) return [];
  return flags
    .filter((flag) => typeof flag === "string")
    .map((flag) => ({
      flag,
      text:
        flag === "offsite_redirect" && landedOn !== null && URL.canParse(landedOn)
          ? noteSentenceOf(flag).replace("another site", readableName(new URL(landedOn).hostname))
          : noteSentenceOf(flag),
    }));
}
