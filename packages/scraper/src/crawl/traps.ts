import { URL_LENGTH_MAX } from "../url.ts";

const REPEATS_MAX = 3;
const SEGMENTS_MAX = 12;

/** Addresses that only grow: too long, too deep, or the same segment again and again. */
export function isTrap(url: URL): boolean {
  if (url.href.length > URL_LENGTH_MAX) return true;
  const segments = url.pathname.split("/").filter(Boolean);
  if (segments.length > SEGMENTS_MAX) return true;
  const counts = new Map<string, number>();
  for (const segment of segments) {
    const count = (counts.get(segment) ?? 0) + 1;
    if (count > REPEATS_MAX) return true;
    counts.set(segment, count);
  }
  return false;
}

const FILE =
  /\.(?:pdf|jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|mov|avi|webm|wav|ogg|zip|rar|7z|t?gz|tar|dmg|exe|apk|docx?|xlsx?|pptx?|csv|ics|vcf|xml|rss|atom|json|js|css|woff2?|ttf|eot|txt|eps|psd)$/i;
const MACHINERY =
  /\/(?:wp-json|wp-admin|wp-login\.php|wp-content|wp-includes|xmlrpc\.php|feed|cgi-bin|cdn-cgi|cart|checkout|basket|my-account|account|login|signin|register|wishlist|compare|print|trackback)(?:\/|$)/i;
const ACTION =
  /[?&](?:add-to-cart|remove_item|replytocom|share|print|action|login|lost-password|format=pdf|orderby|sort|filter\w*)(?:=|&|$)/i;

/** Addresses of files, logins, carts and actions: no facts are to be had there. */
export const isWorthless = (url: URL): boolean =>
  FILE.test(url.pathname) ||
  MACHINERY.test(url.pathname) ||
  (url.search !== "" && ACTION.test(url.search));
