import type { PhoneFacts } from "@scrapersky/outcome";
import { readNumbers } from "../extract/phones.ts";
import type { GatheredPage } from "../site/gathered.ts";
import type { Caps } from "./caps.ts";

/** The numbers of all pages, those of links and structured data first; the region is where a number without "+" is from. */
export function phonesOf(
  pages: readonly GatheredPage[],
  region: string | undefined,
  caps: Caps,
): { phones: PhoneFacts[]; faxes: PhoneFacts[] } {
  const byNumber = new Map<string, PhoneFacts>();
  for (const from of ["tel", "text"] as const) {
    for (const { facts, extract } of pages) {
      const candidates = from === "tel" ? extract.telPhones : extract.phones;
      for (const { e164, national } of readNumbers(candidates, region)) {
        const known = byNumber.get(e164);
        if (known === undefined)
          byNumber.set(e164, { e164, national, from, label: null, pages: [facts.url] });
        else if (!known.pages.includes(facts.url)) known.pages.push(facts.url);
      }
    }
  }
  return { phones: caps.cut("phones", [...byNumber.values()]), faxes: [] };
}
