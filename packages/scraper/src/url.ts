import { withoutWww } from "./host.ts";

export const URL_LENGTH_MAX = 2_000;

const TRACKING =
  /^(?:utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|dclid|yclid|mc_cid|mc_eid|igshid|_ga|_gl|ref_src|phpsessid|jsessionid|sessionid|sid|zanpid)$/i;
const INDEX_FILE = /\/(?:index|default)\.(?:html?|php|aspx?|jsp|cfm)$/i;

/** Characters nobody sees that come along when addresses are copied: zero-width, marks of direction, soft hyphens. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const UNSEEN_ENCODED = /%(?:C2%A0|C2%AD|E2%80%8[B-F]|E2%81%A0|EF%BB%BF)$/i;
const ENCODED_LENGTH_MAX = 9;
const PERCENT = 0x25;

/** A link without what its author did not see and a server would take for part of the path. */
export function tidyHref(href: string): string {
  const seen = /[^\x00-\x7f]/.test(href) ? href.replace(UNSEEN, "") : href;
  let start = 0;
  let end = seen.length;
  while (start < end && isBlank(seen.charCodeAt(start))) start++;
  while (end > start) {
    if (isBlank(seen.charCodeAt(end - 1))) end--;
    else if (seen.charCodeAt(end - 3) !== PERCENT) break;
    else {
      const tail = seen.slice(Math.max(start, end - ENCODED_LENGTH_MAX), end);
      const encoded = UNSEEN_ENCODED.exec(tail);
      if (encoded === null) break;
      end -= encoded[0].length;
    }
  }
  return end - start === seen.length ? seen : seen.slice(start, end);
}

/** Blanks of any width, and joiners: they have a meaning within words of some scripts, and none at the ends of an address. */
const isBlank = (code: number): boolean =>
  code <= 0x20 ||
  (code >= 0xa0 &&
    (code === 0xa0 ||
      (code >= 0x2000 && code <= 0x200d) ||
      code === 0x2028 ||
      code === 0x2029 ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000));

/** Takes the dot of the DNS root off a host: certificates and servers know the name without it. */
export function withoutRoot(url: URL): URL {
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.replace(/\.+$/, "");
  return url;
}

/** Resolves a link as a browser does, and forgives what cannot be seen in it; undefined when it leads to no web page. Never throws. */
export function resolveLink(href: string, base: URL): URL | undefined {
  if (href.length > URL_LENGTH_MAX * 2) return undefined;
  let url: URL;
  try {
    url = new URL(tidyHref(href), base);
  } catch {
    return undefined;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  if (url.hostname === "") return undefined;
  withoutRoot(url);
  // a name in a link is never sent anywhere
  if (url.username !== "" || url.password !== "") {
    url.username = "";
    url.password = "";
  }
  return url.href.length > URL_LENGTH_MAX ? undefined : url;
}

/**
 * The address a page is stored under: no fragment, no tracking or session parameters, query sorted, no index file, no
 * trailing dot in the host. Idempotent. Scheme, "www." and trailing slash stay, as they can matter to the server.
 */
export function normalizeUrl(input: URL): string {
  const hash = input.href.indexOf("#");
  const href = hash === -1 ? input.href : input.href.slice(0, hash);
  if (!NEEDS_WORK.test(href)) return href;
  const [, only] = ONE_PARAMETER.exec(href) ?? [];
  if (only !== undefined && !TRACKING.test(only)) return href;
  const url = new URL(href);
  url.username = "";
  url.password = "";
  withoutRoot(url);
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/gi, "").replace(INDEX_FILE, "/");
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name));
  kept.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  url.search = new URLSearchParams(kept).toString();
  return url.href;
}

/** Most addresses have none of what normalising removes; they are recognised without taking them apart. */
const NEEDS_WORK = /[?@;]|\.(?:\/|:)|\/(?:index|default)\./i;

/** One parameter of plain letters behind a plain path is as it would be written anew. */
const ONE_PARAMETER = /^https?:\/\/[a-z\d.-]*[a-z\d](?::\d+)?\/[\w/-]*\?([\w-]+)=[\w-]*$/;

/** What makes two normalised addresses the same page of one site: scheme, "www." and a trailing slash do not count. */
export function pageKey(normalized: string): string {
  const start = normalized.indexOf("//") + 2;
  const query = normalized.indexOf("?", start);
  const path = query === -1 ? normalized.slice(start) : normalized.slice(start, query);
  const bare = path.endsWith("/") ? path.slice(0, -1) : path;
  return withoutWww(bare) + (query === -1 ? "" : normalized.slice(query));
}
