import { getPublicSuffix } from "tldts";
import { literalOf } from "../guard/address.ts";
import { headerOf } from "./sniff.ts";
import type { HeaderMap } from "./wire.ts";

interface Cookie {
  name: string;
  value: string;
  domain: string;
  /** Sent to this very host only; else also to the hosts below it. */
  hostOnly: boolean;
  path: string;
  secure: boolean;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const COOKIES_MAX = 100;
const PER_DOMAIN_MAX = 25;
const LINES_MAX = 50;
const LINE_LENGTH_MAX = 4_096;
const HEADER_LENGTH_MAX = 8_000;

/** The cookies of one visit, kept and sent by RFC 6265: by domain, path, Secure and expiry. Nothing of them outlives the visit. */
export class VisitCookies {
  #cookies: Cookie[] = [];

  /** Takes what an answer sets. `now` in milliseconds since 1970. */
  store(url: URL, headers: HeaderMap, now: number): void {
    const set = headers["set-cookie"];
    if (set === undefined) return;
    const lines = Array.isArray(set) ? set : [set];
    const dateAt = Date.parse(headerOf(headers, "date"));
    for (const line of lines.slice(0, LINES_MAX)) {
      const cookie = cookieOf(line, url, now, Number.isNaN(dateAt) ? now : dateAt);
      if (cookie !== undefined) this.#put(cookie, now);
    }
  }

  /** The Cookie header for an address, "" when there is nothing to send. */
  headerFor(url: URL, now: number): string {
    if (this.#cookies.length === 0) return "";
    let header = "";
    const fitting = this.#cookies.filter((cookie) => fits(cookie, url, now));
    for (const { name, value } of fitting.toSorted((a, b) => b.path.length - a.path.length)) {
      const pair = name === "" ? value : `${name}=${value}`;
      if (header.length + pair.length > HEADER_LENGTH_MAX) continue;
      header += header === "" ? pair : `; ${pair}`;
    }
    return header;
  }

  #put(cookie: Cookie, now: number): void {
    const at = this.#cookies.findIndex(
      ({ name, domain, path, hostOnly }) =>
        name === cookie.name &&
        domain === cookie.domain &&
        path === cookie.path &&
        hostOnly === cookie.hostOnly,
    );
    if (cookie.expiresAt <= now) {
      if (at !== -1) this.#cookies.splice(at, 1);
      return;
    }
    if (at !== -1) {
      this.#cookies[at] = cookie;
      return;
    }
    this.#cookies = this.#cookies.filter(({ expiresAt }) => expiresAt > now);
    const ofDomain = this.#cookies.filter(({ domain }) => domain === cookie.domain).length;
    if (this.#cookies.length < COOKIES_MAX && ofDomain < PER_DOMAIN_MAX) this.#cookies.push(cookie);
  }
}

function fits(cookie: Cookie, url: URL, now: number): boolean {
  if (cookie.expiresAt <= now) return false;
  if (cookie.secure && url.protocol !== "https:") return false;
  const host = bareHost(url);
  const isHost = cookie.hostOnly ? host === cookie.domain : isWithin(host, cookie.domain);
  return isHost && isBelow(url.pathname, cookie.path);
}

/** "www.laden.de" lies within "laden.de"; an address lies within itself alone. */
const isWithin = (host: string, domain: string): boolean =>
  host === domain || (host.endsWith(`.${domain}`) && literalOf(host) === undefined);

const isBelow = (path: string, cookiePath: string): boolean =>
  path === cookiePath ||
  (path.startsWith(cookiePath) &&
    (cookiePath.endsWith("/") || path.charAt(cookiePath.length) === "/"));

const bareHost = ({ hostname }: URL): string => hostname.toLowerCase().replace(/\.$/, "");

/** A Set-Cookie line as a cookie; undefined when it may not be kept. */
function cookieOf(line: string, url: URL, now: number, sentAt: number): Cookie | undefined {
  if (line.length > LINE_LENGTH_MAX || /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/.test(line))
    return undefined;
  const [pair = "", ...attributes] = line.split(";");
  const equals = pair.indexOf("=");
  const name = equals === -1 ? "" : pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  if (name === "" && value === "") return undefined;
  const host = bareHost(url);
  const cookie: Cookie = {
    name,
    value,
    domain: host,
    hostOnly: true,
    path: defaultPath(url),
    secure: false,
    expiresAt: Number.POSITIVE_INFINITY,
  };
  let maxAge: number | undefined;
  let domain = "";
  for (const attribute of attributes) {
    const at = attribute.indexOf("=");
    const key = (at === -1 ? attribute : attribute.slice(0, at)).trim().toLowerCase();
    const said = at === -1 ? "" : attribute.slice(at + 1).trim();
    if (key === "domain") domain = said.replace(/^\./, "").toLowerCase();
    else if (key === "path") cookie.path = said.startsWith("/") ? said : defaultPath(url);
    else if (key === "secure") cookie.secure = true;
    else if (key === "max-age" && /^-?\d{1,15}$/.test(said)) maxAge = Number(said);
    else if (key === "expires") cookie.expiresAt = expiryOf(said, now, sentAt) ?? cookie.expiresAt;
  }
  if (maxAge !== undefined) cookie.expiresAt = maxAge <= 0 ? 0 : now + maxAge * 1_000;
  if (domain !== "" && domain !== host) {
    if (!isWithin(host, domain) || isPublicSuffix(domain)) return undefined;
    cookie.domain = domain;
    cookie.hostOnly = false;
  } else if (domain !== "") cookie.hostOnly = isPublicSuffix(host);
  if (cookie.secure && url.protocol !== "https:") return undefined;
  if (/^__(?:secure|host)-/i.test(name) && !cookie.secure) return undefined;
  if (/^__host-/i.test(name) && (domain !== "" || cookie.path !== "/")) return undefined;
  return cookie;
}

/** Whether a name is shared by sites of several owners, such as "co.uk" or "wixsite.com". */
const isPublicSuffix = (domain: string): boolean =>
  getPublicSuffix(domain, { allowPrivateDomains: true }) === domain;

function defaultPath({ pathname }: URL): string {
  const last = pathname.lastIndexOf("/");
  return last <= 0 ? "/" : pathname.slice(0, last);
}

/** By the server's own clock, as its visitors' clocks need not agree with it. Dates that cannot be read say nothing. */
function expiryOf(value: string, now: number, sentAt: number): number | undefined {
  const at = Date.parse(value.replaceAll("-", " "));
  return Number.isNaN(at) ? undefined : at - sentAt + now;
}
