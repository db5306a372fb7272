import type { TechnologyCategory } from "@scrapersky/outcome";

/**
 * What gives a product away. Every sign is something that the site itself does: it loads, sends, links or declares. Words
 * of its text, addresses of other sites and pictures are none.
 *
 * Addresses are written as "host/path": the host with all of its subdomains, then whole segments from the beginning of the
 * path. "*" stands for any one segment, "ct*" for one that begins so. All is compared in lower case.
 */
export interface Signs {
  /** Addresses of scripts, styles and frames, in tags and in inline scripts. */
  loads?: readonly string[];
  /** Addresses of images that count visits of browsers without scripts. */
  pixels?: readonly string[];
  /** Addresses of pictures where the product keeps the site's own content. */
  media?: readonly string[];
  /** Addresses that forms are sent to. */
  posts?: readonly string[];
  /**
   * Addresses that links and frames lead to, where the link is the use: "calendly.com/*" is somebody's calendar. The host is
   * meant exactly ("www." aside), "*" is an account and none of the vendor's own pages, a language may stand
   * before the path, and "*.as.me" is an account's host.
   */
  links?: readonly string[];
  /** Hosts below which the product serves sites that have no domain of their own. */
  homes?: readonly string[];
  /** Pieces of addresses on the site's own host, from one "/" (or "?") on. */
  paths?: readonly string[];
  /** Folders of WordPress plugins and themes on the site's own host. */
  plugins?: readonly string[];
  themes?: readonly string[];
  /** Names of script and style files, or of packages of the public CDNs, on any host: "jquery" is jquery-3.7.1.min.js too, styles are "bootstrap.css". */
  files?: readonly string[];
  /** What inline scripts name in their code, from the beginning of a word on: "Shopify.shop", "fbq(". */
  words?: readonly string[];
  /** Ids of measuring accounts in scripts and their addresses, by their beginning: "AW-". */
  ids?: readonly string[];
  /** Whole class names, ids of elements and types of scripts. */
  marks?: readonly string[];
  /** Names of `data-` attributes. */
  attributes?: readonly string[];
  /** Names of `<meta>` elements. */
  metas?: readonly string[];
  /** What `<meta name=generator>` begins with; a number that follows is the version. */
  generators?: readonly string[];
  /** "name", "name: beginning" or "name: *piece" of the home page's headers. */
  headers?: readonly string[];
  /** What names of its cookies begin with. */
  cookies?: readonly string[];
  /** What comments begin with that the product signs its work with. */
  comments?: readonly string[];
}

/** A product of the catalogue. */
export interface Product extends Signs {
  name: string;
  category: TechnologyCategory;
  /** Products this one cannot be without. */
  implies?: readonly string[];
  /** Whoever builds with it has it serve the site too. */
  hosts?: true;
}

/** Products of one category, by name. */
export const products = (
  category: TechnologyCategory,
  byName: Readonly<Record<string, Omit<Product, "name" | "category">>>,
): Product[] => Object.entries(byName).map(([name, signs]) => ({ name, category, ...signs }));
