import { isSameSite } from "../host.ts";
import { chatOf } from "../phones/call-links.ts";
import { type MapQuery, mapQueryOf, mayBeMap } from "../places/map-links.ts";
import { isSchemeless, type Profile, profileOf } from "../site/social.ts";
import { detach } from "../text.ts";
import { normalizeUrl, pageKey, resolveLink } from "../url.ts";

/** A link that leads to a web page. */
export interface Link {
  /** Normalised. */
  address: string;
  /** Equal for all addresses of one page. */
  key: string;
  sameSite: boolean;
  /** The number it opens a chat with. */
  chat: ReturnType<typeof chatOf>;
  /** The account on a network that it leads to. */
  profile: Profile | undefined;
  /** What it asks a map for. */
  map: MapQuery | undefined;
}

const ENTRIES_MAX = 10_000;
const PLAIN_MAX = 500;
const PLAIN_ORIGIN = /^https?:\/\/[a-z\d.:-]*[a-z\d]$/;
const PLAIN_PATH = /^(\/(?!\/)[\w/-]*)(?:#[\w-]*)?$/;
const NOWHERE_ELSE = { chat: undefined, profile: undefined, map: undefined };

/** Resolves the links of one site. Menus repeat on every page, so each written link is worked out once per site. */
export class LinkBook {
  readonly #host: string;
  /** By what they hang on: the origin of those that begin with "/", "" of whole addresses. Null leads to no page. */
  readonly #known = new Map<string, Map<string, Link | null>>();
  #size = 0;
  #base: URL | undefined;
  #origin = "";
  #isPlainSite = false;
  #ofOrigin: Map<string, Link | null>;
  readonly #whole: Map<string, Link | null>;

  constructor(host: string) {
    this.#host = host;
    this.#whole = this.#of("");
    this.#ofOrigin = this.#whole;
  }

  resolve(href: string, base: URL): Link | undefined {
    const first = href.charCodeAt(0);
    // "#top" stays on the page; "javascript:" would fail further down, but costs a parse
    if (first === 35 || ((first | 32) === 106 && /^javascript:/i.test(href))) return undefined;
    // only links that do not hang on the page's own path mean the same everywhere
    const known = first === 47 ? this.#ofBase(base) : isWhole(href) ? this.#whole : undefined;
    const before = known?.get(href);
    if (before !== undefined) return before ?? undefined;
    const link = this.#resolve(href, base);
    if (known !== undefined && this.#size++ < ENTRIES_MAX) known.set(detach(href), link ?? null);
    return link;
  }

  /** To ask an address for its origin costs more than to look up a link. */
  #ofBase(base: URL): Map<string, Link | null> {
    this.#turnTo(base);
    return this.#ofOrigin;
  }

  #turnTo(base: URL): void {
    if (this.#base === base) return;
    this.#base = base;
    this.#origin = base.origin;
    this.#ofOrigin = this.#of(this.#origin);
    this.#isPlainSite = isSameSite(base.hostname, this.#host) && PLAIN_ORIGIN.test(this.#origin);
  }

  /** The address of a link within the site whose letters are their own normal form: it needs no parser. */
  #plain(href: string, base: URL): string | undefined {
    this.#turnTo(base);
    if (!this.#isPlainSite || href.length > PLAIN_MAX) return undefined;
    const path = href.startsWith(this.#origin) ? href.slice(this.#origin.length) : href;
    const [, plain] = PLAIN_PATH.exec(path) ?? [];
    return plain === undefined ? undefined : detach(`${this.#origin}${plain}`);
  }

  #of(origin: string): Map<string, Link | null> {
    const known = this.#known.get(origin) ?? new Map<string, Link | null>();
    this.#known.set(origin, known);
    return known;
  }

  #resolve(href: string, base: URL): Link | undefined {
    const plain = this.#plain(href, base);
    if (plain !== undefined)
      return { address: plain, key: pageKey(plain), sameSite: true, ...NOWHERE_ELSE };
    const url = resolveLink(isSchemeless(href) ? `https://${href}` : href, base);
    if (url === undefined) return undefined;
    const address = normalizeUrl(url);
    const sameSite = isSameSite(url.hostname, this.#host);
    return {
      address,
      key: pageKey(address),
      sameSite,
      chat: sameSite ? undefined : chatOf(url),
      profile: sameSite ? undefined : profileOf(url),
      map: sameSite || !mayBeMap(url.href) ? undefined : mapQueryOf(url.href),
    };
  }
}

const isWhole = (href: string): boolean =>
  (href.charCodeAt(0) | 32) === 104 && /^https?:\/\//i.test(href);
