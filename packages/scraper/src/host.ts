import { domainToASCII } from "node:url";
import { parse } from "tldts";
import { literalOf } from "./guard/address.ts";
import { remembered } from "./remembered.ts";

const PRIVATE_ENDINGS = new Set([
  "local",
  "localhost",
  "internal",
  "intranet",
  "lan",
  "home",
  "corp",
  "private",
  "localdomain",
  "arpa",
  "onion",
  "invalid",
]);
/** Reserved for documentation and tests: no registry lists them, an allow-list may serve them. */
const RESERVED_ENDINGS = new Set(["example", "test"]);
/** Those of the sites that a process reads at once. */
const HOSTS_MAX = 2_000;
/** An underscore may stand left of the registrable domain, where no registry has a say. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * The host a line of a batch means: lower case, punycode, without scheme, path, port or trailing dot. Undefined when it
 * is no name of a public site (an address, a public suffix, a private ending, a URL with a user).
 */
export function parseDomain(input: string): string | undefined {
  const text = input
    .replace(/^\uFEFF/, "")
    .trim()
    .replace(/^["'<]+|["'>,;]+$/g, "");
  if (text.length === 0 || text.length > 2_000) return undefined;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    return undefined;
  }
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    return undefined;
  return hostOf(url);
}

function hostOf(url: URL): string | undefined {
  const host = domainToASCII(url.hostname).replace(/\.$/, "");
  if (host === "" || host.length > 253 || literalOf(host) !== undefined) return undefined;
  const labels = host.split(".");
  const ending = labels.at(-1) ?? "";
  if (
    labels.length < 2 ||
    !labels.every((label) => LABEL.test(label)) ||
    PRIVATE_ENDINGS.has(ending)
  )
    return undefined;
  const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  if (domain === null || domain.includes("_")) return undefined;
  return isIcann || isPrivate || RESERVED_ENDINGS.has(ending) ? host : undefined;
}

/** The registrable domain, where a free host's customers (foo.wixsite.com) count as owners of their own. */
export const registrableOf = remembered(
  HOSTS_MAX,
  (host) => parse(host, { allowPrivateDomains: true }).domain ?? host,
);

export const withoutWww = (host: string): string =>
  host.startsWith("www.") ? host.slice(4) : host;

/** Whether two hosts are the same site: equal but for a leading "www.". */
export const isSameSite = (one: string, other: string): boolean =>
  withoutWww(one) === withoutWww(other);
