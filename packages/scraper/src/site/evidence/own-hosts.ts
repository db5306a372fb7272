import { registrableOf, withoutWww } from "../../host.ts";
import type { AssetKind } from "../../extract/site-traces.ts";

/** Delivery networks whose hosts are rented by one site each. */
const PULL_ZONES =
  /\.(?:b-cdn\.net|cloudfront\.net|kxcdn\.com|netdna-ssl\.com|netdna-cdn\.com|stackpathcdn\.com|stackpathdns\.com|kinstacdn\.com|rocketcdn\.me|wpenginepowered\.com|azureedge\.net)$/;
const STATIC_LABEL = /^(?:cdn|static|assets?|media|images?|img|files?|content|uploads)\d{0,2}$/;

/**
 * Which hosts are the site's own. Scripts and styles may come from any host of its registrable domain or from a rented one;
 * pictures and frames of a sister site (a blog, a shop) say nothing of this one.
 */
export class OwnHosts {
  readonly #hosts: ReadonlySet<string>;
  readonly #domains: readonly string[];

  constructor(hosts: readonly string[]) {
    this.#hosts = new Set(hosts.map(withoutWww));
    this.#domains = [...new Set(hosts.map(registrableOf))];
  }

  includes(host: string, kind: AssetKind | "form"): boolean {
    if (this.#hosts.has(withoutWww(host))) return true;
    const isFile = kind === "script" || kind === "style";
    if (this.#domains.some((domain) => host === domain || host.endsWith(`.${domain}`)))
      return isFile || STATIC_LABEL.test(host.slice(0, host.indexOf(".")));
    return isFile && PULL_ZONES.test(host);
  }
}

/** The address a file has on the site itself, of one that WordPress's own delivery network serves for it. */
export function unproxied(url: URL, site: URL): URL {
  const { hostname, pathname } = url;
  if (IMAGE_PROXY.test(hostname)) return URL.parse(`https:/${pathname}`) ?? url;
  if (hostname !== "c0.wp.com") return url;
  const [, core, coreFile] = /^\/c\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
  if (core !== undefined) return new URL(`${coreFile}?ver=${core}`, site);
  const [, kind, name, version, file] = /^\/([pt])\/([^/]+)\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
  if (kind === undefined) return url;
  const folder = kind === "p" ? "plugins" : "themes";
  return new URL(`/wp-content/${folder}/${name}/${file}?ver=${version}`, site);
}

const IMAGE_PROXY = /^i[0-3]\.wp\.com$/;
