import type { CheerioCrawlingContext } from "@crawlee/cheerio";
import { type Contacts, digitsOf, folded, type PageWords } from "./contender.ts";

type Cheerio = CheerioCrawlingContext["$"];

export interface CheerioFacts {
  /** Paths of pages of the same site. */
  paths: string[];
  words: PageWords;
  contacts: Contacts;
  /** What nobody compares, and everybody has to look for. */
  others: Record<string, unknown>;
}

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const PHONE = /(?:\+|\()?\d[\d\s().-]{5,22}\d/g;
const TECHNOLOGIES = [
  "/wp-content/",
  "/wp-includes/",
  "plugins/elementor/",
  "plugins/woocommerce/",
  "plugins/contact-form-7/",
  "plugins/wpforms",
  "themes/Divi/",
  "cdn/shop/",
  "wixstatic.com",
  "squarespace.com",
  "googletagmanager.com",
  "jquery",
  "bootstrap",
  "fonts.googleapis.com",
];
const SOCIAL = [
  "facebook.com",
  "twitter.com",
  "x.com",
  "linkedin.com",
  "instagram.com",
  "youtube.com",
];

const UNSEEN = new Set(["script", "style", "noscript", "svg", "template"]);

/** `text()` puts the words of neighbouring elements together, and addresses with them. */
function gather(node: ReturnType<Cheerio>[number], pieces: string[]): void {
  if (node.type === "text") pieces.push(node.data);
  else if ("childNodes" in node && !("name" in node && UNSEEN.has(node.name)))
    for (const child of node.childNodes) gather(child, pieces);
}

/** The facts our scraper takes from a page, taken with cheerio. */
export function readFacts($: Cheerio, html: string, pageUrl: string): CheerioFacts {
  const schemaTypes: string[] = [];
  $('script[type="application/ld+json"]').each((_, element) => {
    try {
      JSON.stringify(JSON.parse($(element).text()), (key, value: unknown) => {
        if (key === "@type" && typeof value === "string") schemaTypes.push(value);
        return value;
      });
    } catch {
      // a broken block says nothing
    }
  });
  const assets = $("script[src], link[href], iframe[src], img[src]")
    .map((_, element) => $(element).attr("src") ?? $(element).attr("href") ?? "")
    .get()
    .join("\n");
  const base = new URL(pageUrl);
  const paths = new Set<string>();
  const outbound = new Set<string>();
  $("a[href]").each((_, element) => {
    try {
      const url = new URL($(element).attr("href") ?? "", base);
      if (url.hostname === base.hostname) paths.add(url.pathname);
      else if (url.protocol.startsWith("http")) outbound.add(url.href);
    } catch {
      // no address
    }
  });
  const pieces: string[] = [];
  for (const body of $("body")) gather(body, pieces);
  const text = pieces.join(" ");
  const generator = $('meta[name="generator"]')
    .map((_, element) => $(element).attr("content"))
    .get();
  return {
    paths: [...paths],
    words: {
      title: folded($("title").first().text()),
      description: folded($('meta[name="description"]').attr("content")),
      h1:
        $("h1")
          .map((_, element) => folded($(element).text()))
          .get()
          .find((text) => text !== "") ?? "",
      canonical: folded($('link[rel="canonical"]').attr("href")),
      robots: folded($('meta[name="robots"]').attr("content")),
      language: folded($("html").attr("lang")),
      schemaTypes: [...new Set(schemaTypes)].toSorted(),
      hasForm: $("form textarea").length > 0,
    },
    contacts: {
      emails: [
        ...new Set([
          ...(text.match(EMAIL) ?? []),
          ...$('a[href^="mailto:"]')
            .map((_, element) => $(element).attr("href")?.slice(7).split("?")[0])
            .get(),
        ]),
      ],
      phones: [
        ...new Set([
          ...(text.match(PHONE) ?? []),
          ...$('a[href^="tel:"]')
            .map((_, element) => $(element).attr("href")?.slice(4))
            .get(),
        ]),
      ].map(digitsOf),
      socials: [...outbound].filter((url) => SOCIAL.some((host) => url.includes(host))),
    },
    others: {
      words: text.split(/\s+/).filter(Boolean).length,
      favicon: $('link[rel~="icon"]').attr("href"),
      logo: $('img[class*="logo"], [class*="logo"] img').first().attr("src"),
      feeds: $('link[rel="alternate"][type*="rss"]').attr("href"),
      images: $("img").length,
      addresses: $("address")
        .map((_, element) => $(element).text())
        .get(),
      comments: $("#comments, #commentform").length > 0,
      outbound: [...outbound],
      technologies: TECHNOLOGIES.filter((mark) => assets.includes(mark)),
      generator,
      analytics: html.match(/\b(?:G-[A-Z0-9]{6,12}|GTM-[A-Z0-9]{4,10}|UA-\d+-\d+)\b/g),
      cookieNotice: $('[class*="cookie"], [id*="cookie"], [class*="consent"]').length > 0,
      privacy: $('a[href*="privacy"]').length > 0,
      copyright: text.match(/(?:©|copyright)[^\d]{0,30}((?:19|20)\d\d)/i)?.[1],
    },
  };
}
