import type { Extract } from "../extract/extract.ts";
import { headerOf } from "../fetch/sniff.ts";
import type { HeaderMap } from "../fetch/wire.ts";

/** Challenges that come with an error status are small, those that come with 200 smaller still. */
const WALL_CHARS_MAX = 60_000;
const WALL_CHARS_MAX_OK = 16_000;
const WALL_BODY =
  /\/cdn-cgi\/challenge-platform\/h\/|cf-browser-verification|_Incapsula_Resource|Incapsula incident ID|captcha-delivery\.com|px-captcha|sucuri_cloudproxy_js|awswaf\.com|\/_sec\/cp_challenge|ddos-guard\.net|StackPath|kpsdk|akam\/13\//;
const WALL_TITLE =
  /<title[^>]{0,100}>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|Access to this page has been denied|Please Wait\.\.\. \| Cloudflare|Security check|DDOS-GUARD|Robot Challenge Screen|Verifying your browser|Human Verification)/i;
/** Marks that only a challenge shows; the others also appear as scripts on pages that were let through. */
const WALL_ONLY =
  /cf-browser-verification|Incapsula incident ID|px-captcha|sucuri_cloudproxy_js|_Incapsula_Resource\?SWUDNSAI/;

/** Whether an answer is a bot challenge instead of the site. Judged before anything is taken from it. */
export function isBotWall(status: number, headers: HeaderMap, html: string): boolean {
  if (headerOf(headers, "cf-mitigated").includes("challenge")) return true;
  if (headerOf(headers, "x-amzn-waf-action") !== "") return true;
  if (html.length > (status === 200 ? WALL_CHARS_MAX_OK : WALL_CHARS_MAX)) return false;
  if (WALL_TITLE.test(html) || WALL_ONLY.test(html)) return true;
  return (status === 403 || status === 429 || status === 503) && WALL_BODY.test(html);
}

const PARKED_MARK =
  /sedoparking\.com|parkingcrew\.net|bodis\.com|parklogic\.com|above\.com\/marketplace|afternic\.com\/forsale|hugedomains\.com|dan\.com\/buy-domain|domainmarket\.com|uniregistry\.com|img1\.wsimg\.com\/parking-lander|sav\.com\/parking|d38psrni17bvxu\.cloudfront\.net|parking\.reg\.ru/;
const PARKED_TITLE =
  /^(?:welcome to nginx!?|apache2 (?:ubuntu|debian) default page.*|test page for (?:the )?(?:apache|nginx).*|iis (?:windows server|\d.*)|iis\d?|account suspended|this account has been suspended|default web site page|index of \/|domain default page|plesk .*default.*|web hosting default page|parked domain.*|future home of .*|website (?:coming soon|under construction) ?.{0,40}parked.*|.{0,80}is (?:for sale|parked)!?)$/i;
const PARKED_TEXT =
  /\b(?:this domain (?:name )?(?:is|may be) for sale|buy this domain|domain is parked|this (?:web ?page|domain) is parked|the domain .{3,80} is for sale|diese domain (?:steht|ist) zum verkauf|ce domaine est (?:à|a) vendre|este dominio est[áa] en venta|this account has been suspended|if you see this page, the nginx web server|apache2 default page|site not configured|there is no website configured at this address)\b/i;
const PARKED_WORDS_MAX = 300;

/** Whether a page is a parker's, a seller's, a registrar's or a fresh server's instead of a site. */
export function isParked(extract: Extract, html: string): boolean {
  if (extract.page.wordCount > PARKED_WORDS_MAX) return false;
  const title = extract.page.title ?? "";
  if (PARKED_TITLE.test(title)) return true;
  const sample = html.slice(0, 60_000);
  return PARKED_MARK.test(sample) || PARKED_TEXT.test(sample);
}

/** Whether the page is a shell that scripts fill. */
export const needsJs = (extract: Extract): boolean =>
  extract.page.wordCount < 50 && extract.spaRoot && extract.scripts > 0 && extract.links.length < 3;

/** Whether the page does nothing but send its visitor elsewhere by script. */
export const isJsRedirect = (extract: Extract): boolean =>
  extract.page.wordCount < 20 && extract.locationScript && extract.links.length < 3;
