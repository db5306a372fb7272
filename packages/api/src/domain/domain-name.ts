import { parse } from "tldts";

/**
 * Cleans what people paste into names of public web sites. Browser-safe: the preview of a new batch
 * and the server run this same code.
 */

/** One entry of a pasted list. `fixed` is a valid entry that had to be cleaned. */
export interface DomainLine {
  /** 1-based line of the list the entry stands on. */
  line: number;
  /** The entry as written, trimmed and capped. */
  input: string;
  kind: "valid" | "fixed" | "duplicate" | "invalid";
  /** Host in lower case and punycode; null when the entry names none. */
  domain: string | null;
  /** Why the entry is refused or dropped; null for valid and fixed ones. */
  reason: string | null;
  /** What was cleaned away; null when nothing was. */
  note: string | null;
}

export interface CleanedDomain {
  domain: string;
  changes: string[];
}

/** Characters of an entry that are kept for showing it back. */
export const INPUT_LENGTH_MAX = 300;

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
/** Why an entry that holds several names is refused. */
export const ONE_NAME = "One line names one site: write each name on a line of its own.";
/** The scraper's rule: a shared host such as github.io is an ending, and its customers are the sites. */
const OWNERS = { allowPrivateDomains: true };
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const OPENING = /^[\s"'`“”„‘’‚«»<>()[\]{}]+/;
const CLOSING = /[\s"'`“”„‘’‚«»<>()\]{}]/;
const BULLET = /^(?:[-*•–—]\s+|\d{1,6}[.)]\s+)/;

class RefusedEntry extends Error {}

/**
 * The host a person means by one entry, such as `https://WWW.Example.com:8080/path`.
 * @returns the host and what was cleaned, or the reason it names no public web site
 */
export function cleanDomainName(entry: string): CleanedDomain | { reason: string } {
  const changes: string[] = [];
  try {
    return { domain: toHost(entry, changes), changes };
  } catch (error) {
    if (error instanceof RefusedEntry) return { reason: error.message };
    throw error;
  }
}

function toHost(entry: string, changes: string[]): string {
  let rest = entry.replace(INVISIBLE, "").trim();
  const unwrapped = withoutClosing(rest.replace(BULLET, "").replace(OPENING, ""));
  if (unwrapped !== rest && !isBracketedAddress(rest)) {
    changes.push("quotes or marks removed");
    rest = unwrapped;
  }
  if (rest === "") throw new RefusedEntry("The line names nothing.");
  rest = withoutScheme(rest.replaceAll("\\", "/"), changes);

  const end = rest.search(/[/?#]/);
  if (end >= 0) {
    if (rest.slice(end) !== "/") changes.push("path removed");
    else changes.push("slash removed");
    rest = rest.slice(0, end);
  }
  if (/[,;]/.test(rest)) throw new RefusedEntry(ONE_NAME);
  // Beyond this no name is left, and what follows reads the text more than once.
  if (rest.length > HOST_LENGTH_MAX * 2) throw refuseLength();
  if (rest.includes("@")) throw new RefusedEntry(refuseUserInfo(rest));
  if (isBracketedAddress(rest) || (/^[0-9a-f:.]+$/i.test(rest) && /:.*:/.test(rest)))
    throw refuseIp();
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
  const host = withoutWww(toAsciiHost(rest, changes), changes);
  refuseUnreachable(host);
  return host;
}

/** By hand, as a pattern that looks for its end from every mark would take the square of their number. */
function withoutClosing(text: string): string {
  let end = text.length;
  while (end > 0 && CLOSING.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function withoutScheme(text: string, changes: string[]): string {
  const web = /^https?(?::\/*|\/\/+)/i.exec(text);
  if (web) {
    changes.push("scheme removed");
    return text.slice(web[0].length);
  }
  if (text.startsWith("//")) {
    changes.push("scheme removed");
    return text.replace(/^\/+/, "");
  }
  const other =
    /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ??
    /^(mailto|tel|javascript|data|file|about):/i.exec(text);
  if (other) {
    throw new RefusedEntry(
      other[1]?.toLowerCase() === "mailto"
        ? "This is an e-mail address, not a web site."
        : "Only http and https addresses can be scraped.",
    );
  }
  return text;
}

function toAsciiHost(text: string, changes: string[]): string {
  if (text === "") throw new RefusedEntry("The line names no host.");
  if (/\s/.test(text)) throw new RefusedEntry("A domain name has no spaces.");
  if (text.includes("*")) throw new RefusedEntry("A wildcard names no single site.");
  if (/[%:<>|^[\]{}"'`,;!$&()+=~]/.test(text))
    throw new RefusedEntry("A domain name has no such characters.");
  let host: string;
  try {
    host = new URL(`http://${text}`).hostname;
  } catch {
    throw new RefusedEntry(explainBrokenHost(text));
  }
  if (host === "") throw new RefusedEntry("The line names no host.");
  if (isBracketedAddress(host) || /^\d+\.\d+\.\d+\.\d+$/.test(host)) throw refuseIp();
  if (host !== text) {
    if (/[^\u0000-\u007f]/.test(text)) changes.push("written in punycode");
    else changes.push("lower case");
  }
  return host;
}

function explainBrokenHost(text: string): string {
  if (/^[\d.]+$/.test(text) || /^0x/i.test(text)) return "This is a number, not a domain name.";
  if (text.includes("..")) return "The name has an empty part between two dots.";
  return "This is not a domain name.";
}

/** `www.` goes, except where nothing but a public suffix would be left, as in www.gov.uk or www.com. */
function withoutWww(host: string, changes: string[]): string {
  if (!host.startsWith("www.")) return host;
  const rest = host.slice(4);
  if (findRegistrable(rest) === null) return host;
  changes.push("www. removed");
  return rest;
}

function refuseUnreachable(host: string): void {
  if (host.length > HOST_LENGTH_MAX) throw refuseLength();
  const labels = host.split(".");
  const ending = labels.at(-1) ?? "";
  if (PRIVATE_ENDINGS.has(ending))
    throw new RefusedEntry(`Names ending in .${ending} are not on the public internet.`);
  for (const label of labels) {
    if (label === "") throw new RefusedEntry("The name has an empty part between two dots.");
    if (label.length > 63)
      throw new RefusedEntry("A part of the name is longer than 63 characters.");
    if (!LABEL.test(label))
      throw new RefusedEntry(
        "A part of the name begins or ends with a hyphen or has odd characters.",
      );
  }
  if (labels.length === 1) throw new RefusedEntry("A domain name needs an ending such as .com.");
  const { domain, publicSuffix, isIcann, isPrivate } = parse(host, OWNERS);
  if (domain?.includes("_")) throw new RefusedEntry(`${domain} is no name that can be registered.`);
  if (RESERVED_FOR_TESTS.has(ending)) return;
  if (!isIcann && !isPrivate) throw new RefusedEntry(`.${ending} is not an ending in use.`);
  if (publicSuffix === host)
    throw new RefusedEntry(`${host} is an ending shared by many sites, not a site.`);
}

function findRegistrable(host: string): string | null {
  const labels = host.split(".");
  if (RESERVED_FOR_TESTS.has(labels.at(-1) ?? "")) return labels.length > 1 ? host : null;
  const { domain, isIcann, isPrivate } = parse(host, OWNERS);
  return isIcann || isPrivate ? domain : null;
}

const isBracketedAddress = (text: string): boolean =>
  /^\[[^\]]*\](?::\d+)?$/.test(text) && text.includes(":");

const refuseLength = (): RefusedEntry =>
  new RefusedEntry(`The name is longer than ${HOST_LENGTH_MAX} characters.`);

const refuseIp = (): RefusedEntry =>
  new RefusedEntry("This is an IP address; write the site's name.");

function refuseUserInfo(text: string): string {
  return /^[^@:]+@[^@:]+$/.test(text)
    ? "This is an e-mail address, not a web site."
    : "Addresses with a user name in them are refused.";
}
