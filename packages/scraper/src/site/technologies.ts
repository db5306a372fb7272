import type { PageType, TechnologyEvidence, TechnologyFacts } from "@scrapersky/outcome";
import type { AssetKind, SiteTraces } from "../extract/site-traces.ts";
import type { HeaderMap } from "../fetch/wire.ts";
import { registrableOf } from "../host.ts";
import { CAPS, line } from "../text.ts";
import { normalizeUrl } from "../url.ts";
import { areOwn } from "./evidence/accounts.ts";
import { type Address, addressOf } from "./evidence/addresses.ts";
import { Catalogue } from "./evidence/catalogue.ts";
import { matchDeclared } from "./evidence/declared.ts";
import { Finds, WORDPRESS } from "./evidence/finds.ts";
import { OwnHosts, unproxied } from "./evidence/own-hosts.ts";
import {
  coreVersion,
  fileName,
  isThirdParty,
  packageName,
  versionInQuery,
} from "./evidence/versions.ts";
import { PRODUCTS } from "./rules/index.ts";
import type { Product } from "./rules/rule.ts";

const CATALOGUE = new Catalogue(PRODUCTS);

/** What a visit saw of a site, as far as technologies show in it. */
export interface TechnologySigns {
  traces: SiteTraces;
  /** Where the home page was found. */
  home: URL;
  /** Host as asked for. */
  domain: string;
  /** Of the home page. */
  headers: HeaderMap;
  pages: readonly { url: string; pageType: PageType; outboundLinks: readonly string[] }[];
}

/**
 * The products behind a site, by name, each with what gave it away: first what the site declares, then what it loads and
 * sends, last what it links to. Runs once per site.
 */
export function detectTechnologies(
  signs: TechnologySigns,
  catalogue: Catalogue = CATALOGUE,
): TechnologyFacts[] {
  const finds = new Finds(catalogue);
  matchDeclared(signs, catalogue, finds);
  new Addresses(signs, catalogue, finds).match();
  return finds.list();
}

/** Pages that show the work and the tools of others. */
const SHOWS_OTHERS =
  /\/(?:portfolio|work|our-work|projects?|projekte|case-stud(?:y|ies)|clients?|customers?|kunden|referen(?:z|zen|ces|cias)|showcase|partners?|integrations?)(?:\/|$)/i;

class Addresses {
  readonly #signs: TechnologySigns;
  readonly #catalogue: Catalogue;
  readonly #finds: Finds;
  readonly #own: OwnHosts;
  /** Addresses of pages whose links may be to the accounts of others. */
  readonly #ofOthers: ReadonlySet<string>;
  /** Menus link to the same on every page. */
  readonly #links = new Set<string>();
  readonly #linked = new Map<Product, { account: string; evidence: Evidence }[]>();

  constructor(signs: TechnologySigns, catalogue: Catalogue, finds: Finds) {
    this.#signs = signs;
    this.#catalogue = catalogue;
    this.#finds = finds;
    this.#own = new OwnHosts([signs.home.hostname, signs.domain]);
    this.#ofOthers = new Set(
      signs.pages
        .filter(({ url, pageType }) => pageType === "blog" || SHOWS_OTHERS.test(url))
        .map(({ url }) => url),
    );
  }

  match(): void {
    const { traces, pages } = this.#signs;
    const { home } = this.#signs;
    this.#catalogue.homes.loaded(addressOf(home), (product) =>
      this.#finds.add(product, seen("asset", home, home)),
    );
    for (const [written, { kind, page }] of traces.assets) this.#asset(written, kind, page);
    for (const [written, { page }] of traces.forms) this.#form(written, page);
    for (const [written, { page }] of traces.scriptAddresses) this.#inScript(written, page);
    for (const { url, outboundLinks } of pages) {
      if (this.#ofOthers.has(url)) continue;
      for (const link of outboundLinks) this.#link(link, url);
    }
    this.#addLinked();
  }

  #asset(written: string, kind: AssetKind, page: URL): void {
    const url = this.#parse(written, page);
    if (url === undefined) return;
    const address = addressOf(url);
    const evidence = seen("asset", url, page);
    if (kind === "image") {
      this.#catalogue.pixels.loaded(address, (product) => this.#finds.add(product, evidence));
      this.#catalogue.media.loaded(address, (product) => this.#finds.add(product, evidence));
      if (this.#own.includes(address.host, kind)) this.#ownPath(address, evidence);
      return;
    }
    this.#catalogue.loads.loaded(address, (product) => this.#finds.add(product, evidence));
    if (kind === "frame") this.#account(address, evidence);
    else this.#file(address, evidence);
    if (this.#own.includes(address.host, kind)) this.#ownPath(address, evidence);
  }

  #form(written: string, page: URL): void {
    const url = this.#parse(written, page);
    if (url === undefined) return;
    const address = addressOf(url);
    const evidence = seen("form", url, page);
    this.#catalogue.posts.loaded(address, (product) => this.#finds.add(product, evidence));
    this.#account(address, evidence);
    if (this.#own.includes(address.host, "form")) this.#ownPath(address, evidence);
  }

  #inScript(written: string, page: URL): void {
    const url = this.#parse(written, page);
    if (url === undefined) return;
    const address = addressOf(url);
    const evidence = seen("script", url, page);
    const book = PICTURE.test(url.pathname) ? this.#catalogue.media : this.#catalogue.loads;
    book.loaded(address, (product) => this.#finds.add(product, evidence));
    if (this.#own.includes(address.host, "script")) this.#ownPath(address, evidence);
    else if (this.#ofOthers.size === 0 || !this.#ofOthers.has(evidence().page))
      this.#account(address, evidence);
  }

  #link(link: string, page: string): void {
    if (this.#links.has(link)) return;
    this.#links.add(link);
    // most links lead to networks and partners: their hosts are looked up before they are taken apart
    const host = hostIn(link);
    if (!this.#catalogue.links.knows(host)) return;
    const url = URL.parse(link);
    if (url === null) return;
    this.#account(addressOf(url), () => ({ where: "link", what: shown(url), page }));
  }

  #account(address: Address, evidence: Evidence): void {
    this.#catalogue.links.linked(address, (product, account) => {
      const known = this.#linked.get(product);
      if (known === undefined) this.#linked.set(product, [{ account, evidence }]);
      else if (known.length < 100 && known.every((entry) => entry.account !== account))
        known.push({ account, evidence });
    });
  }

  #addLinked(): void {
    const [siteName = ""] = registrableOf(this.#signs.home.hostname).split(".");
    for (const [product, links] of this.#linked) {
      const [first] = links;
      const accounts = links.map(({ account }) => account);
      if (first !== undefined && areOwn(accounts, siteName))
        this.#finds.add(product, first.evidence);
    }
  }

  #file(address: Address, evidence: Evidence): void {
    const found = [packageName(address.host, address.segments)];
    found.push(fileName(address.segments.at(-1) ?? ""));
    for (const file of found) {
      if (file === undefined) continue;
      for (const product of this.#catalogue.files.get(file.name) ?? [])
        this.#finds.add(product, evidence, file.version ?? versionInQuery(address.path));
    }
  }

  #ownPath(address: Address, evidence: Evidence): void {
    this.#catalogue.paths.find(address.path, (product) =>
      this.#finds.add(
        product,
        evidence,
        product.name === WORDPRESS ? coreVersion(address.path) : null,
      ),
    );
    const [, kind, folder, rest] = CONTENT_FOLDER.exec(address.path) ?? [];
    if (kind === undefined || folder === undefined || rest === undefined) return;
    const version = isThirdParty(rest) ? null : versionInQuery(address.path);
    for (const product of this.#catalogue[kind === "themes" ? "themes" : "plugins"].get(folder) ??
      [])
      this.#finds.add(product, evidence, version);
  }

  #parse(written: string, page: URL): URL | undefined {
    const url = URL.parse(written, page.href);
    if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
    return unproxied(url, this.#signs.home);
  }
}

const PICTURE = /\.(?:png|jpe?g|gif|webp|svg|avif|ico|pdf|mp4|webm|woff2?)$/i;

/** "wp-content" may have another name where somebody moved it. */
const CONTENT_FOLDER = /\/(?:wp-content|app)\/(?:mu-)?(plugins|themes)\/([^/?#]{1,80})(\/.*)$/;

/** Written out when it is needed: most of what a site loads gives nothing away. */
type Evidence = () => TechnologyEvidence;

const seen =
  (where: TechnologyEvidence["where"], url: URL, page: URL): Evidence =>
  () => ({ where, what: shown(url), page: line(normalizeUrl(page), CAPS.url) });

const shown = (url: URL): string => line(url.href, 200);

function hostIn(address: string): string {
  const start = address.indexOf("//") + 2;
  const end = address.slice(start, start + 260).search(/[/?#:]/);
  return end === -1 ? address.slice(start, start + 260) : address.slice(start, start + end);
}
