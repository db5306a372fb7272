import type { SiteFacts } from "@scrapersky/outcome";

type Network = keyof SiteFacts["social"];

const HOSTS: readonly (readonly [Network, RegExp])[] = [
  ["facebook", /^(?:www\.|m\.|[a-z]{2}-[a-z]{2}\.)?(?:facebook|fb)\.com$/],
  ["twitter", /^(?:www\.|mobile\.)?(?:twitter|x)\.com$/],
  ["linkedin", /^(?:[a-z]{2,3}\.)?linkedin\.com$/],
  ["instagram", /^(?:www\.)?instagram\.com$/],
  ["youtube", /^(?:www\.|m\.)?(?:youtube\.com|youtu\.be)$/],
];

/** Paths that belong to buttons and single posts, not to an account. */
const NO_ACCOUNT =
  /^\/(?:$|sharer?(?:\.php)?|share\b|intent\b|home$|dialog\b|plugins\b|tr$|hashtag\b|search\b|p\/|reel\/|explore\b|watch\b|embed\b|shareArticle\b|login|policies|privacy|legal|help|settings|wix$|squarespace$|shopify$|wordpress$|godaddy$)/i;

/** The first link to an account of the site on each network. */
export function socialLinks(links: Iterable<string>): SiteFacts["social"] {
  const social: SiteFacts["social"] = {
    facebook: null,
    twitter: null,
    linkedin: null,
    instagram: null,
    youtube: null,
  };
  for (const link of links) {
    let url: URL;
    try {
      url = new URL(link);
    } catch {
      continue;
    }
    if (url.protocol !== "http:" && url.protocol !== "https:") continue;
    for (const [network, hosts] of HOSTS) {
      if (social[network] === null && hosts.test(url.hostname) && !NO_ACCOUNT.test(url.pathname))
        social[network] = url.href;
    }
  }
  return social;
}
