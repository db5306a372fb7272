import type { AddressFacts } from "@scrapersky/outcome";
import type { GatheredPage } from "../site/gathered.ts";
import type { Caps } from "./caps.ts";

/** One address often appears twice, written differently; the first way that names the same number and street stays. */
export function addressesOf(pages: readonly GatheredPage[], caps: Caps): AddressFacts[] {
  const seen = new Map<string, AddressFacts>();
  for (const { facts, extract } of pages) {
    for (const address of extract.addresses) {
      const key = address.written
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, "")
        .slice(0, 14);
      if (!seen.has(key)) seen.set(key, { ...address, page: facts.url });
    }
  }
  return caps.cut("addresses", [...seen.values()]);
}
