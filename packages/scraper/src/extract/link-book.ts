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

/** Resolves the links of one site. Menus repeat on every page, so each written link is worked out once per site. */
export class LinkBook {
  readonly #host: string;
  readonly #known = new Map<string, Link | undefined>();

  constructor(host: string) {
    this.#host = host;
  }

  resolve(href: string, base: URL): Link | undefined {
    const first = href.charCodeAt(0);
    // "#top" stays on the page; "javascript:" would fail further down, but costs a parse
    if (first === 35 || ((first | 32) === 106 && /^javascript:/i.test(href))) return undefined;
    // only links that do not hang on the page's own path mean the same everywhere
    const key =
      first === 47 ? `${base.origin}${href}` : /^https?:\/\//i.test(href) ? href : undefined;
    if (key === undefined) return this.#resolve(href, base);
    if (this.#known.has(key)) return this.#known.get(key);
    const link = this.#resolve(href, base);
    if (this.#known.size < ENTRIES_MAX) this.#known.set(detach(key), link);
    return link;
  }

  #resolve(href: string, base: URL): Link | undefined {
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
