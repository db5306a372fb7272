import { type Business, ENGLISH, mainOf, type Page, type Skin, type Words } from "../business.ts";
import { compress, type Encoding, encodeText } from "../server/encode.ts";
import {
  notFound,
  redirect,
  type Site,
  type SiteAnswer,
  type SiteExpectation,
  type SiteRequest,
} from "../site.ts";

export interface ContentSite {
  business: Business;
  skin: Skin;
  pages: Page[];
  words?: Words;
  encoding?: Encoding;
  charset?: "utf-8" | "shift_jis" | "windows-1252";
  /** Charset in the Content-Type header; absent means the page has to say it. */
  headerCharset?: string;
  headers?: Record<string, string | string[]>;
  schemes?: ("http" | "https")[];
  /** Where the site lives among its names: the other ones redirect there. */
  home?: "apex" | "www" | "both";
  /** Plain HTTP redirects to TLS. */
  upgrade?: boolean;
  certificate?: Site["certificate"];
  robots?: string;
  sitemap?: boolean;
  /** Answers tried before the pages. */
  extra?: (request: SiteRequest) => SiteAnswer | undefined;
  delayMs?: number;
  expect: Partial<SiteExpectation>;
}

/** A site that works, made of a business, a skin and a list of pages. Bodies are built once per host. */
export function contentSite(input: ContentSite): Site {
  const { business, skin, pages, encoding = "identity", charset = "utf-8" } = input;
  const words = input.words ?? ENGLISH;
  const home = input.home ?? "both";
  const apex = business.host.replace(/^www\./, "");
  const canonicalHost = home === "www" ? `www.${apex}` : apex;
  const schemes = input.schemes ?? ["http", "https"];
  const bodies = new Map<string, Uint8Array>();
  const bodyOf = (page: Page): Uint8Array => {
    let body = bodies.get(page.path);
    if (body === undefined) {
      const dressed = { ...business, host: canonicalHost };
      const html = skin.document(
        dressed,
        page,
        mainOf(skin, dressed, page, words),
        menuOf(pages),
        words,
      );
      body = compress(encodeText(html, charset), encoding);
      bodies.set(page.path, body);
    }
    return body;
  };
  const type = `text/html${input.headerCharset === undefined ? (charset === "utf-8" ? "; charset=UTF-8" : "") : `; charset=${input.headerCharset}`}`;
  const base = `${schemes.includes("https") ? "https" : "http"}://${canonicalHost}`;

  return {
    name: apex,
    hosts: [apex, `www.${apex}`],
    schemes,
    certificate: input.certificate ?? "valid",
    presentable: true,
    answer(request) {
      if (input.upgrade && !request.secure)
        return redirect(`https://${request.host}${request.path}`);
      if (home !== "both" && request.host !== canonicalHost)
        return redirect(`${base}${request.path}`);
      const path = request.path.split("?")[0] ?? "/";
      const special = input.extra?.(request);
      if (special !== undefined) return special;
      if (path === "/robots.txt") {
        const robots =
          input.robots ??
          (input.sitemap
            ? `User-agent: *\nDisallow: /wp-admin/\n\nSitemap: ${base}/sitemap.xml\n`
            : undefined);
        return robots === undefined
          ? notFound()
          : { headers: { "content-type": "text/plain" }, body: robots };
      }
      if (path === "/sitemap.xml" && input.sitemap) {
        return { headers: { "content-type": "application/xml" }, body: sitemapOf(base, pages) };
      }
      const page = pages.find((entry) => entry.path === path || `${entry.path}/` === path);
      if (page === undefined) return notFound();
      return {
        delayMs: input.delayMs ?? 0,
        headers: {
          "content-type": type,
          ...(encoding === "identity"
            ? {}
            : { "content-encoding": encoding, vary: "Accept-Encoding" }),
          ...input.headers,
        },
        body: bodyOf(page),
      };
    },
    expect: { outcome: "done", pages: Math.min(10, pages.length), ...input.expect },
  };
}

const menuOf = (pages: Page[]): Page[] => pages.filter((page) => page.kind !== "post").slice(0, 8);

export const sitemapOf = (base: string, pages: Page[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${pages
    .map(
      (page) =>
        `<url><loc>${base}${page.path}</loc><lastmod>2026-10-0${(page.path.length % 9) + 1}</lastmod></url>`,
    )
    .join("\n")}\n</urlset>\n`;

/** The usual five pages and any further ones. */
export function standardPages(business: Business, more: Page[] = [], slash = "/"): Page[] {
  const { name } = business;
  return [
    {
      path: "/",
      title: `${name} | ${business.tagline}`,
      description: business.description,
      heading: business.name,
      kind: "home",
    },
    {
      path: `/about${slash}`,
      title: `About us - ${name}`,
      description: `The people behind ${name}.`,
      heading: "About us",
      kind: "about",
    },
    {
      path: `/services${slash}`,
      title: `Services - ${name}`,
      heading: "Services",
      kind: "services",
    },
    {
      path: `/contact${slash}`,
      title: `Contact - ${name}`,
      description: `How to reach ${name}.`,
      heading: "Contact",
      kind: "contact",
    },
    {
      path: `/privacy-policy${slash}`,
      title: `Privacy Policy - ${name}`,
      heading: "Privacy Policy",
      kind: "privacy",
    },
    ...more,
  ];
}
