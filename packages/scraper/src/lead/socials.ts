import type { SocialFacts } from "@scrapersky/outcome";
import type { GatheredPage } from "../site/gathered.ts";
import { type Profile, profileOf } from "../site/social.ts";
import { resembles } from "./resembles.ts";
import type { Caps } from "./caps.ts";

interface Candidate {
  profile: Profile;
  page: string;
  pages: number;
  /** Named by the business's own structured data. */
  stated: boolean;
  own: boolean;
}

const PER_NETWORK_MAX = 5;

/**
 * The accounts of the business: those that structured data names, that are called like it, or that stand on most pages.
 * Where a network has one of these, accounts that only a single page links to are somebody else's.
 */
export function socialsOf(
  pages: readonly GatheredPage[],
  names: readonly string[],
  caps: Caps,
): SocialFacts[] {
  const found = new Map<string, Candidate>();
  const known = new Map<string, Profile | undefined>();
  const profileAt = (link: string): Profile | undefined => {
    if (!known.has(link))
      known.set(link, URL.canParse(link) ? profileOf(new URL(link)) : undefined);
    return known.get(link);
  };
  for (const { facts, extract } of pages) {
    const onPage = new Set<string>();
    const stated = extract.structured.links
      .map(profileAt)
      .filter((profile) => profile !== undefined);
    for (const profile of [...extract.profiles, ...stated]) {
      const key = `${profile.network} ${profile.account.toLowerCase()}`;
      let candidate = found.get(key);
      if (candidate === undefined) {
        candidate = {
          profile,
          page: facts.url,
          pages: 0,
          stated: false,
          own: names.some((name) => resembles(profile.account, name)),
        };
        found.set(key, candidate);
      }
      if (stated.includes(profile)) candidate.stated = true;
      if (!onPage.has(key)) candidate.pages++;
      onPage.add(key);
    }
  }
  const socials: SocialFacts[] = [];
  for (const candidates of Map.groupBy(found.values(), ({ profile }) => profile.network).values()) {
    const sure = candidates.filter(({ stated, own }) => stated || own);
    const most = Math.max(...candidates.map((candidate) => candidate.pages));
    const kept = sure.length > 0 ? sure : candidates.filter(({ pages: count }) => count === most);
    const ranked = kept.toSorted((one, other) => other.pages - one.pages);
    if (ranked.length > PER_NETWORK_MAX) caps.note("socials");
    for (const { profile, page } of ranked.slice(0, PER_NETWORK_MAX))
      socials.push({ ...profile, page });
  }
  return caps.cut("socials", socials);
}
