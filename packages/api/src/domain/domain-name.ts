import { parse } from "tldts";

/**
 * Cleans what people paste into names of public web sites. Browser-safe: the preview of a new batch
 * and the server run this same code.
 */

export interface CleanedDomain {
  domain: string;
  changes: string[];
}

const HOST_LENGTH_MAX = 253;
/** An underscore may stand left of the registrable domain, where no registry has a say. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const RESERVED_FOR_TESTS = new Set(["example", "test"]);
const PRIVATE_ENDINGS = new Set([
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "lan",
  "home",
  "corp",
  "private",
  "invalid",
  "onion",
  "i2p",
  "arpa",
]);
/** The scraper's rule: a shared host such as github.io is an ending, and its customers are the sites. */
const OWNERS = { allowPrivateDomains: true };
/** A host as most people write it: nothing to clean, and no letter that the address parser would read otherwise. */
const PLAIN_HOST = /^(?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*$/;
/** Endings for authorities that are at the same time the address of the government itself, or of the service. */
const OWN_SITE = /^(?:gov|gouv|gob|gub|govt|nhs|police)\.[a-z]{2}$/;
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
/** Part some letters of Persian and of Indian scripts, and are then written in a name; elsewhere they are dirt. */
const JOINERS = /[\u200c\u200d]/g;
const OPENING = /^[\s"'`“”„‘’‚«»<>()[\]{}]+/;
const CLOSING = /[\s"'`“”„‘’‚«»<>()\]{},;]/;
const BULLET = /^(?:[-*•–—→►✓·◦]\s+|\d{1,6}[.)]\s+)/;
/** `http://` and what fingers make of it, also after another one. */
const SCHEME =
  /(?:view-source:|https?:|(?=[htpsx]*(?:ht|tp|xx))[htpsx]{2,8}(?:[:;.]{1,2}\/+|\/{2,}[:;]?)|\/{2,}|www\.(?=https?[:;]?\/))\/*/iy;
const SCHEMES_MAX = 8;
const HOST_OPTIONS = {
  ...OWNERS,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
  mixedInputs: false,
};

interface Refusal {
  reason: string;
}

const refuse = (reason: string): Refusal => ({ reason });

/**
 * The host a person means by one entry, such as `https://WWW.Example.com:8080/path`.
 * @returns the host and what was cleaned, or the reason it names no public web site
 */
export function cleanDomainName(entry: string): CleanedDomain | { reason: string } {
  const changes: string[] = [];
  const host = PLAIN_HOST.test(entry) && !entry.includes("xn--") ? entry : toHost(entry, changes);
  const found = typeof host === "string" ? reachable(withoutWww(host, changes)) : host;
  return typeof found === "string" ? { domain: found, changes } : found;
}

function toHost(entry: string, changes: string[]): string | Refusal {
  let rest = entry.replace(INVISIBLE, "").trim();
  const unwrapped = withoutClosing(rest.replace(BULLET, "").replace(OPENING, ""));
  if (unwrapped !== rest && !isBracketedAddress(rest)) {
    changes.push("quotes or marks removed");
    rest = unwrapped;
  }
  if (rest === "") return refuse("The line names nothing.");
  rest = withoutScheme(rest.replaceAll("\\", "/"), changes);
  const foreign = refuseScheme(rest);
  if (foreign) return foreign;

  const end = rest.search(/[/?#]/);
  if (end >= 0) {
    if (rest.slice(end) !== "/") changes.push("path removed");
    else changes.push("slash removed");
    rest = rest.slice(0, end);
  }
  // Beyond this no name is left, and what follows reads the text more than once.
  if (rest.length > HOST_LENGTH_MAX * 2) return refuseLength();
  if (rest.includes("@")) return refuse(refuseUserInfo(rest));
  if (isBracketedAddress(rest) || (/^[0-9a-f:.]+$/i.test(rest) && /:.*:/.test(rest)))
    return refuseIp();
  const port = /:(\d*)$/.exec(rest);
  if (port) {
    changes.push("port removed");
    rest = rest.slice(0, port.index);
  }
  if (/^(?:\*\.)+/.test(rest) || /^\.+/.test(rest)) {
    changes.push("wildcard removed");
    rest = rest.replace(/^(?:\*?\.)+/, "");
  }
  if (/\.+$/.test(rest)) {
    changes.push("trailing dot removed");
    rest = rest.replace(/\.+$/, "");
  }
  return toAsciiHost(rest, changes);
}

/** By hand, as a pattern that looks for its end from every mark would take the square of their number. */
function withoutClosing(text: string): string {
  let end = text.length;
  while (end > 0 && CLOSING.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function withoutScheme(text: string, changes: string[]): string {
  SCHEME.lastIndex = 0;
  let start = 0;
  for (let found = 0; found < SCHEMES_MAX && SCHEME.test(text); found++) start = SCHEME.lastIndex;
  if (start > 0) changes.push("scheme removed");
  return text.slice(start);
}

function refuseScheme(text: string): Refusal | undefined {
  const other =
    /^([a-z][a-z0-9+.-]{0,40}):\/\//i.exec(text) ??
    /^(mailto|tel|javascript|data|file|about):/i.exec(text);
  if (!other) return undefined;
  return refuse(
    other[1]?.toLowerCase() === "mailto"
      ? "This is an e-mail address, not a web site."
      : "Only http and https addresses can be scraped.",
  );
}

function toAsciiHost(text: string, changes: string[]): string | Refusal {
  if (text === "") return refuse("The line names no host.");
  if (/\s/.test(text)) return refuse("A domain name has no spaces.");
  if (text.includes("*")) return refuse("A wildcard names no single site.");
  if (/[%:<>|^[\]{}"'`,;!$&()+=~]/.test(text))
    return refuse("A domain name has no such characters.");
  const host = parseHost(text) ?? parseHost(text.replace(JOINERS, ""));
  if (host === undefined) return refuse(explainBrokenHost(text));
  if (host === "") return refuse("The line names no host.");
  if (isBracketedAddress(host) || /^\d+\.\d+\.\d+\.\d+$/.test(host)) return refuseIp();
  if (host !== text) {
    if (/[^\u0000-\u007f]/.test(text)) changes.push("written in punycode");
    else changes.push("lower case");
  }
  return host;
}

function parseHost(text: string): string | undefined {
  try {
    return new URL(`http://${text}`).hostname;
  } catch {
    return undefined;
  }
}

function explainBrokenHost(text: string): string {
  if (/^[\d.]+$/.test(text) || /^0x/i.test(text)) return "This is a number, not a domain name.";
  if (text.includes("..")) return "The name has an empty part between two dots.";
  return "This is not a domain name.";
}

/** `www.` goes, except where nothing but a public suffix would be left, as in www.gov.uk or www.com. */
function withoutWww(host: string, changes: string[]): string {
  let rest = host;
  while (rest.startsWith("www.") && hasOwner(rest.slice(4))) rest = rest.slice(4);
  if (rest !== host) changes.push("www. removed");
  return rest;
}

function reachable(host: string): string | Refusal {
  if (host.length > HOST_LENGTH_MAX) return refuseLength();
  const labels = host.split(".");
  const ending = labels.at(-1) ?? "";
  if (PRIVATE_ENDINGS.has(ending))
    return refuse(`Names ending in .${ending} are not on the public internet.`);
  for (const label of labels) {
    if (label === "") return refuse("The name has an empty part between two dots.");
    if (label.length > 63) return refuse("A part of the name is longer than 63 characters.");
    if (!LABEL.test(label))
      return refuse("A part of the name begins or ends with a hyphen or has odd characters.");
  }
  if (labels.length === 1) return refuse("A domain name needs an ending such as .com.");
  const { domain, publicSuffix, isIcann, isPrivate } = parse(host, HOST_OPTIONS);
  if (domain?.includes("_")) return refuse(`${domain} is no name that can be registered.`);
  if (RESERVED_FOR_TESTS.has(ending)) return host;
  if (!isIcann && !isPrivate) return refuse(`.${ending} is not an ending in use.`);
  if (publicSuffix === host && !OWN_SITE.test(host))
    return refuse(`${host} is an ending shared by many sites, not a site.`);
  return host;
}

/** Whether somebody can have registered the name, which an ending by itself is not. */
function hasOwner(host: string): boolean {
  const labels = host.split(".");
  if (RESERVED_FOR_TESTS.has(labels.at(-1) ?? "")) return labels.length > 1;
  const { domain, isIcann, isPrivate } = parse(host, HOST_OPTIONS);
  return domain !== null && (isIcann === true || isPrivate === true);
}

const isBracketedAddress = (text: string): boolean =>
  /^\[[^\]]*\](?::\d+)?$/.test(text) && text.includes(":");

const refuseLength = (): Refusal =>
  refuse(`The name is longer than ${HOST_LENGTH_MAX} characters.`);

const refuseIp = (): Refusal => refuse("This is an IP address; write the site's name.");

function refuseUserInfo(text: string): string {
  return /^[^@:]+@[^@:]+$/.test(text)
    ? "This is an e-mail address, not a web site."
    : "Addresses with a user name in them are refused.";
}
