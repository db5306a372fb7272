import type { SocialFacts, SocialNetwork } from "@scrapersky/outcome";

const HOSTS: readonly (readonly [SocialNetwork, RegExp])[] = [
  ["facebook", /^(?:www\.|m\.|[a-z]{2}-[a-z]{2}\.)?(?:facebook|fb)\.com$/],
  ["x", /^(?:www\.|mobile\.)?(?:twitter|x)\.com$/],
  ["linkedin", /^(?:[a-z]{2,3}\.)?linkedin\.com$/],
  ["instagram", /^(?:www\.)?instagram\.com$/],
  ["youtube", /^(?:www\.|m\.)?(?:youtube\.com|youtu\.be)$/],
];

/** Paths that belong to buttons and single posts, not to an account. */
const NO_ACCOUNT =
  /^\/(?:$|sharer?(?:\.php)?|share\b|intent\b|home$|dialog\b|plugins\b|tr$|hashtag\b|search\b|p\/|reel\/|explore\b|watch\b|embed\b|shareArticle\b|login|policies|privacy|legal|help|settings|wix$|squarespace$|shopify$|wordpress$|godaddy$)/i;

/** The account that a link leads to; undefined when it leads to none. */
export function socialOf(link: string): Omit<SocialFacts, "page"> | undefined {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return undefined;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  for (const [network, hosts] of HOSTS) {
    if (!hosts.test(url.hostname) || NO_ACCOUNT.test(url.pathname)) continue;
    return { network, account: url.pathname.split("/").findLast(Boolean) ?? "", url: url.href };
  }
  return undefined;
}
