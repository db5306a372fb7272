import type { SocialFacts } from "@scrapersky/outcome";
import type { GatheredPage } from "../site/gathered.ts";
import { socialOf } from "../site/social.ts";
import type { Caps } from "./caps.ts";

/** The first link to an account of the site on each network. */
export function socialsOf(pages: readonly GatheredPage[], caps: Caps): SocialFacts[] {
  const found = new Map<string, SocialFacts>();
  for (const { facts, extract } of pages) {
    for (const link of [...facts.outboundLinks, ...extract.structured.links]) {
      const social = socialOf(link);
      if (social !== undefined && !found.has(social.network))
        found.set(social.network, { ...social, page: facts.url });
    }
  }
  return caps.cut("socials", [...found.values()]);
}
