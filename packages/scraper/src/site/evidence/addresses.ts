import { isAccount, isLanguage } from "./accounts.ts";

/** An address taken apart for comparison. */
export interface Address {
  host: string;
  /** Lower case. */
  segments: readonly string[];
  /** Path and query, lower case. */
  path: string;
}

/** Longer paths are compared as far as this. */
const PATH_MAX = 600;

export const addressOf = (url: URL): Address => {
  const path = (url.pathname + url.search).slice(0, PATH_MAX).toLowerCase();
  return {
    host: url.hostname,
    segments: url.pathname.slice(1, PATH_MAX).toLowerCase().split("/"),
    path,
  };
};

interface Pattern<T> {
  value: T;
  segments: readonly string[];
  /** Only somebody's subdomain of the host. */
  tenants: boolean;
}

/** More labels than these no vendor's host has; a hostile name may have hundreds. */
const LABELS_MAX = 6;

/** Patterns of {@link Signs}' addresses, found by the host in one look per label. */
export class AddressBook<T> {
  readonly #byHost = new Map<string, Pattern<T>[]>();

  add(pattern: string, value: T): void {
    const slash = pattern.indexOf("/");
    const host = slash === -1 ? pattern : pattern.slice(0, slash);
    const path = slash === -1 ? "" : pattern.slice(slash + 1);
    const tenants = host.startsWith("*.");
    const key = tenants ? host.slice(2) : host;
    const entry = { value, segments: path === "" ? [] : path.split("/"), tenants };
    const known = this.#byHost.get(key);
    if (known === undefined) this.#byHost.set(key, [entry]);
    else known.push(entry);
  }

  /** Whether any pattern is for this host. */
  knows(host: string): boolean {
    for (const suffix of suffixesOf(host)) if (this.#byHost.has(suffix)) return true;
    return false;
  }

  /** Hosts with their subdomains, and any segment for "*". */
  loaded(address: Address, found: (value: T) => void): void {
    for (const suffix of suffixesOf(address.host)) {
      for (const { value, segments } of this.#byHost.get(suffix) ?? [])
        if (matches(segments, address.segments)) found(value);
    }
  }

  /** Exact hosts, and only accounts for "*"; a language before the path is passed over. */
  linked(address: Address, found: (value: T, account: string) => void): void {
    const host = address.host.startsWith("www.") ? address.host.slice(4) : address.host;
    const [first = "", ...rest] = address.segments;
    const ways = isLanguage(first) ? [address.segments, rest] : [address.segments];
    const tenant = host.slice(0, host.indexOf("."));
    for (const suffix of suffixesOf(host)) {
      for (const { value, segments, tenants } of this.#byHost.get(suffix) ?? []) {
        if (tenants === (suffix === host)) continue;
        for (const way of ways) {
          if (!matches(segments, way)) continue;
          const star = segments.lastIndexOf("*");
          const account = tenants ? tenant : star === -1 ? address.path : (way[star] ?? "");
          if ((star === -1 && !tenants) || isAccount(account)) found(value, account);
        }
      }
    }
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.length > segments.length) return false;
  for (const [index, wanted] of pattern.entries()) {
    const segment = segments[index] as string;
    if (wanted.endsWith("*") ? !segment.startsWith(wanted.slice(0, -1)) : segment !== wanted)
      return false;
    if (segment === "") return false;
  }
  return true;
}

/** "a.b.example.com", "b.example.com", "example.com": as many as a vendor's host can have. */
function suffixesOf(host: string): string[] {
  const suffixes: string[] = [];
  let dot = host.lastIndexOf(".");
  for (let labels = 2; dot > 0 && labels <= LABELS_MAX; labels++) {
    dot = host.lastIndexOf(".", dot - 1);
    suffixes.push(host.slice(dot + 1));
  }
  return suffixes;
}
