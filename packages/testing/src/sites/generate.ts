import { business, type Business, ENGLISH, type Page, type Skin } from "./business.ts";
import { contentSite } from "./catalogue/content-site.ts";
import { shopify, squarespace, wix } from "./skins/builders.ts";
import { modern } from "./skins/handmade.ts";
import { wordpress } from "./skins/wordpress.ts";
import { notFound, type Site } from "./site.ts";

/** Repeatable pseudo-random numbers in [0, 1). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TRADES = [
  "Plumbing",
  "Dental",
  "Bakery",
  "Roofing",
  "Florist",
  "Veterinary",
  "Law",
  "Brewing",
  "Optical",
  "Catering",
  "Landscaping",
  "Pottery",
  "Physio",
  "Accounting",
  "Electric",
  "Kennels",
];
const PLACES = [
  "Ashford",
  "Millbrook",
  "Stonebridge",
  "Kingsley",
  "Fairhaven",
  "Westport",
  "Cedar Falls",
  "Elmwood",
  "Granville",
  "Harlow",
  "Lakemont",
  "Norwood",
  "Redfield",
  "Summit",
  "Thornton",
  "Wexford",
];
const WORDS =
  "we our team local family since careful honest quick repair quote visit morning evening customers neighbors work craft season material price clear simple promise warranty appointment insured licensed trusted small large install service detail measure finish deliver answer phone question help home office garden kitchen street river valley county town people years".split(
    " ",
  );
const STREETS = [
  "Main Street",
  "Oak Avenue",
  "Mill Road",
  "Church Lane",
  "Station Street",
  "Park Boulevard",
];

/**
 * Many small-business sites of `pages` pages each, about 28–64 kB a page, varied in skin and text and the same for the
 * same seed. They speak plain HTTP, or TLS alone where they are to, in gzip, and name their pages in a sitemap. Names:
 * site-0001.bench.example and so on.
 */
export function generateSites(options: {
  count: number;
  pages: number;
  seed: number;
  tls?: boolean;
}): Site[] {
  return Array.from({ length: options.count }, (_, index) =>
    generateSite(index + 1, options.pages, options.seed, options.tls ?? false),
  );
}

/**
 * All pages of other sites as those of one, below the first part of their names: `/site-0001/about`. Its page `/list/0-100`
 * links to those of the first hundred.
 */
export function gatherSites(sites: readonly Site[], paths: readonly string[]): Site {
  const name = "all.bench.example";
  const folderOf = (site: Site): string => site.name.slice(0, site.name.indexOf("."));
  const byFolder = new Map(sites.map((site) => [folderOf(site), site]));
  const links = sites.map((site) =>
    paths.map((path) => `<a href="/${folderOf(site)}${path}">-</a>`).join("\n"),
  );
  return {
    name,
    hosts: [name],
    schemes: [...new Set(sites.flatMap(({ schemes }) => schemes))],
    certificate: "valid",
    presentable: false,
    expect: { outcome: "done" },
    answer(request) {
      const [, folder = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
      const site = byFolder.get(folder);
      if (site !== undefined) return site.answer({ ...request, host: site.name, path });
      const [, from, to] = /^\/list\/(\d+)-(\d+)$/.exec(request.path) ?? [];
      if (from === undefined) return notFound();
      return {
        headers: { "content-type": "text/html; charset=utf-8" },
        body: `<!doctype html><title>List</title>${links.slice(Number(from), Number(to)).join("\n")}`,
      };
    },
  };
}

const KINDS: readonly Page["kind"][] = ["home", "about", "services", "contact", "privacy"];

/** Paths of the pages of each generated site. */
export const pathsOfPages = (pages: number): string[] =>
  Array.from({ length: pages }, (_, index) =>
    index === 0 ? "/" : `/${KINDS[index] ?? `article-${index}`}`,
  );

function generateSite(number: number, pageCount: number, seed: number, tls: boolean): Site {
  const next = random(seed * 100_003 + number);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const sentence = () => {
    const words = Array.from({ length: 8 + Math.floor(next() * 14) }, () => pick(WORDS));
    return `${words[0]?.[0]?.toUpperCase()}${words.join(" ").slice(1)}.`;
  };
  const paragraph = () => Array.from({ length: 3 + Math.floor(next() * 4) }, sentence).join(" ");
  const place = pick(PLACES);
  const trade = pick(TRADES);
  const host = `site-${String(number).padStart(4, "0")}.bench.example`;
  const slug = `${place}${trade}`.toLowerCase().replaceAll(" ", "");
  const owner: Business = business({
    host,
    name: `${place} ${trade}`,
    tagline: sentence(),
    description: sentence(),
    phone: `+1 ${201 + (number % 9)}-${pick(["233", "265", "443", "555", "782"])}-0${String(100 + Math.floor(next() * 99)).padStart(3, "0")}`,
    email: `info@${host}`,
    address: {
      street: `${1 + Math.floor(next() * 9000)} ${pick(STREETS)}`,
      city: place,
      region: "OH",
      postal: String(43_000 + (number % 900)),
      country: "US",
    },
    people: Array.from({ length: 3 }, (_, person) => ({
      name: `Person ${person + 1}`,
      role: pick(WORDS),
      email: `person${person + 1}@${host}`,
    })),
    social: {
      facebook: `https://www.facebook.com/${slug}`,
      instagram: `https://www.instagram.com/${slug}`,
      twitter: `https://x.com/${slug}`,
    },
    intro: Array.from({ length: 8 }, paragraph),
    about: Array.from({ length: 22 }, paragraph),
    services: Array.from({ length: 14 }, () => ({
      name: `${pick(WORDS)} ${pick(WORDS)}`,
      text: paragraph(),
      price: `$${20 + Math.floor(next() * 400)}`,
    })),
    quotes: Array.from({ length: 8 }, () => ({ text: sentence(), by: pick(PLACES) })),
    founded: 1950 + Math.floor(next() * 70),
  });
  const skins: Skin[] = [
    wordpress({
      theme: "hello-elementor",
      version: "6.8.3",
      elementor: "3.32.4",
      yoast: "26.2",
      gtm: "GTM-K7Q2XN9",
      cookieNotice: true,
    }),
    wordpress({ theme: "Divi", version: "6.7.2", divi: true, contactForm7: "6.1.1" }),
    wordpress({ theme: "storefront", version: "6.8.1", woocommerce: "10.2.2", yoast: "25.9" }),
    wordpress({ theme: "astra", version: "6.8.3", wpforms: "1.9.8" }),
    shopify,
    wix,
    squarespace,
    modern({ schemaType: "LocalBusiness" }),
  ];
  const skin = skins[number % skins.length] as Skin;
  const pages: Page[] = pathsOfPages(pageCount).map((path, index) => {
    const kind = KINDS[index] ?? "plain";
    const name = kind === "plain" ? `article-${index}` : kind;
    return {
      path,
      title: `${name} | ${owner.name}`,
      description: sentence(),
      heading: `${name} of ${owner.name}`,
      kind,
    };
  });
  return contentSite({
    business: owner,
    skin: heavy(skin, tls ? "https" : "http", next),
    pages,
    words: ENGLISH,
    schemes: [tls ? "https" : "http"],
    encoding: "gzip",
    sitemap: true,
    expect: { pages: Math.min(10, pageCount) },
  });
}

/**
 * The same skin with the ballast of a real page: menus within menus, inline styles and scripts, a wall of links. Its own
 * links have the scheme that answers.
 */
function heavy(skin: Skin, scheme: "http" | "https", next: () => number): Skin {
  const weight = 36_000 + Math.floor(next() * 28_000);
  return {
    ...skin,
    document(owner, page, main, pages, words) {
      const html = skin
        .document(owner, page, main, pages, words)
        .replaceAll(`https://${owner.host}`, `${scheme}://${owner.host}`);
      const missing = weight - html.length;
      if (missing <= 0) return html;
      return html.replace("</body>", `${ballast(`${scheme}://${owner.host}`, missing)}</body>`);
    },
  };
}

function ballast(origin: string, length: number): string {
  const parts: string[] = [
    `<script>window.settings=${JSON.stringify({ ajaxUrl: `${origin}/ajax`, breakpoints: Array.from({ length: 60 }, (_, index) => ({ label: `bp-${index}`, value: index * 37 })) })};</script>`,
    `<style>${Array.from({ length: 60 }, (_, index) => `.grid-${index}>.cell{margin:0 ${index}px;padding:${index % 7}px;color:#${(index * 4369).toString(16).padStart(6, "0")}}`).join("")}</style>`,
  ];
  let size = parts.join("").length;
  for (let index = 0; size < length; index++) {
    const part = `<div class="mega-menu__column mega-menu__column--${index % 6}" data-index="${index}"><h4 class="mega-menu__title">${WORDS[index % WORDS.length]} &amp; ${WORDS[(index * 7) % WORDS.length]}</h4><ul class="mega-menu__list"><li class="mega-menu__item menu-item menu-item-type-custom"><a class="mega-menu__link" href="/services#${WORDS[(index * 3) % WORDS.length]}-${index}" title="More">${WORDS[(index * 5) % WORDS.length]} in ${PLACES[index % PLACES.length]}</a></li><li class="mega-menu__item"><a href="https://partner-${index % 12}.bench-links.example/?ref=${index}" rel="nofollow noopener">${sentenceOf(index)}</a></li></ul><img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" data-src="/media/${index}.jpg" width="320" height="200" alt="${WORDS[index % WORDS.length]}"></div>\n`;
    parts.push(part);
    size += part.length;
  }
  return parts.join("");
}

const sentenceOf = (index: number): string =>
  Array.from({ length: 9 }, (_, word) => WORDS[(index * 11 + word * 5) % WORDS.length]).join(" ");
