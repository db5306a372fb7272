import { headerOf } from "../fetch/sniff.ts";
import type { HeaderMap } from "../fetch/wire.ts";

/** Challenges that come with an error status are small, those that come with 200 smaller still. */
export const WALL_BYTES_MAX = 80_000;
const WALL_CHARS_MAX = 60_000;
const WALL_CHARS_MAX_OK = 16_000;
/** A challenge says little: a page that says more has the script of one beside its own words. */
const WALL_WORDS_MAX = 150;

/** Headers by which protections name their own answer. */
const WALL_HEADERS: readonly (readonly [name: string, value: RegExp])[] = [
  ["cf-mitigated", /challenge/],
  ["x-amzn-waf-action", /./],
  ["x-vercel-mitigated", /challenge|deny/],
  ["sg-captcha", /challenge/],
];

/** Titles that no business gives its own page. */
const WALL_TITLE =
  /<title[^>]{0,100}>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|Please Wait\.\.\. \| Cloudflare|Access to this page has been denied\.?|Pardon Our Interruption(?:\.{3})?|DDOS-GUARD|Robot Challenge Screen|Vercel Security Checkpoint|Radware (?:Bot Manager )?Captcha Page|ShieldSquare (?:Block|Captcha)|Sucuri WebSite Firewall - Access Denied|One moment, please\.\.\.|Making sure you(?:'|&#39;|&#x27;|’)re not a bot!|Client Challenge|Bot Verification|Human Verification|Verifying your browser(?:\.{3})?|Checking your browser(?: before accessing[^<]{0,80}|\.{3})?|Security check by BitNinja(?:\.IO)?|Are you (?:a )?(?:human|robot)\?|Request unsuccessful|Bunny Shield|Establishing a secure connection \.\.\.)\s*<\/title>/i;
/** Marks that only a challenge shows, whatever its status. */
const WALL_ONLY =
  /cf-browser-verification|\b_cf_chl_opt\b|\/cdn-cgi\/challenge-platform\/h\/[a-z]\/orchestrate\/|Incapsula incident ID|_Incapsula_Resource\?SWUDNSAI|px-captcha|sucuri_cloudproxy_js|(?:geo|ct)\.captcha-delivery\.com\/(?:captcha|c\.js|i\.js)|\bvar dd\s*=\s*\{\s*'rt'|\bgokuProps\b|AwsWafIntegration\.(?:saveReferrer|checkForceRefresh)|\/\.well-known\/sgcaptcha\/|\/_sec\/cp_challenge\/|\bbobcmn\b|Your support ID is|validate\.perfdrive\.com|\/\.within\.website\/x\/(?:cmd\/anubis|xess)|\/_fs-ch-|\bKPSDK\b|\bacw_sc__v2\b|\/\.safeline\/|bunny-shield|\blsrecap\b|\/\.well-known\/ddos-guard\/|check\.ddos-guard\.net|\bslowAES\.decrypt\b|\bwsidchk\b|imunify360|\/\.lsrecap\/|\/_bm\/captcha/i;
/** Marks of protections that pages which were let through may carry, too; with an error status they mean the protection. */
const WALL_BODY =
  /\/cdn-cgi\/challenge-platform\/|challenges\.cloudflare\.com|_Incapsula_Resource|captcha-delivery\.com|js\.datadome\.co|perimeterx|human-challenge|awswaf\.com|ddos-guard|StackPath|kpsdk|akam\/13\/|errors\.edgesuite\.net|wordfence|hcaptcha\.com\/1\/api\.js|recaptcha\/(?:api|enterprise)\.js|qrator|reblaze|rbzns/i;
/** Challenges come with these; the rest answers what was asked for. */
const WALL_STATUS = new Set([202, 401, 403, 405, 406, 418, 429, 436, 444, 468, 498, 499, 503, 520]);

/** Whether the body of an answer with this status is worth looking at: it may say that a wall stands here. */
export const mayBeWall = (status: number): boolean => WALL_STATUS.has(status);

const charsMaxOf = (status: number): number =>
  mayBeWall(status) ? WALL_CHARS_MAX : WALL_CHARS_MAX_OK;

/** Whether a body of at least so many characters may be a challenge: those of most pages are not worth decoding for it. */
export const isShortForWall = (status: number, charsMin: number): boolean =>
  charsMin <= charsMaxOf(status);

/** Whether an answer is a bot challenge instead of the site. Judged before anything is taken from it. */
export function isBotWall(status: number, headers: HeaderMap, html: string): boolean {
  if (WALL_HEADERS.some(([name, value]) => value.test(headerOf(headers, name)))) return true;
  if (html.length > charsMaxOf(status)) return false;
  const mayBe = mayBeWall(status);
  const isMarked = WALL_TITLE.test(html) || WALL_ONLY.test(html) || (mayBe && WALL_BODY.test(html));
  return isMarked && visibleWords(html) < WALL_WORDS_MAX;
}

/** Words between the tags of a small page, scripts, styles and comments left out. */
function visibleWords(html: string): number {
  let words = 0;
  const piece = /<!--|<(script|style|noscript|svg)\b|<|[^<\s]+/gi;
  for (let found = piece.exec(html); found !== null; found = piece.exec(html)) {
    const [text, hidden] = found;
    if (hidden !== undefined) piece.lastIndex = endOf(html, `</${hidden}`, piece.lastIndex);
    else if (text === "<!--") piece.lastIndex = endOf(html, "-->", piece.lastIndex);
    else if (text === "<") piece.lastIndex = endOf(html, ">", piece.lastIndex);
    else if (/[\p{L}\p{N}]/u.test(text)) words++;
  }
  return words;
}

function endOf(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at === -1 ? html.length : at + mark.length;
}
