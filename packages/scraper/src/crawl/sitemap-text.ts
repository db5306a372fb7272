import { decodeXML } from "entities";

/** What a sitemap file lists. */
export interface SitemapContent {
  /** Further files, of an index. */
  sitemaps: string[];
  /** Pages. */
  pages: string[];
}

const HEAD_LENGTH = 20_000;
const ADDRESS_LENGTH_MAX = 3_000;
const PREFIXES_MAX = 20;
/** Four times what the standard allows in one file. */
const ELEMENTS_MAX = 200_000;
const LINE = /(?:^|[\r\n])[ \t\uFEFF]*(https?:\/\/[^\r\n]{1,3000})/gi;
const ROOT =
  /<(?:([\w.-]{1,40}):)?(urlset|sitemapindex|rss|feed|rdf|html|title|body)(?=[\s>/])([^>]*)/i;
const SITEMAP_NAMESPACE = /sitemaps\.org\/schemas\/sitemap|google\.com\/schemas\/sitemap\/0/i;

/**
 * Addresses in a sitemap, a sitemap index, an RSS or Atom feed, or a list of lines, at most `max` of them; undefined when it is
 * none of these. Passes over the text once without building a tree, so broken files still give what they hold.
 */
export function parseSitemap(text: string, max: number): SitemapContent | undefined {
  const head = withoutComments(text.slice(0, HEAD_LENGTH));
  const [, prefix = "", name = "", attributes = ""] = ROOT.exec(head) ?? [];
  switch (name.toLowerCase()) {
    case "sitemapindex":
      return { sitemaps: locations(text, prefixesOf(prefix, attributes), max), pages: [] };
    case "urlset":
      return { sitemaps: [], pages: locations(text, prefixesOf(prefix, attributes), max) };
    case "rss":
    case "rdf":
    case "feed":
      return { sitemaps: [], pages: feedLinks(text, max) };
    case "":
      return /<[a-z!?]/i.test(head) ? undefined : lines(text, max);
    default:
      return undefined;
  }
}

const withoutComments = (head: string): string => {
  let kept = "";
  let from = 0;
  for (;;) {
    const open = head.indexOf("<!--", from);
    if (open === -1) return kept + head.slice(from);
    kept += head.slice(from, open);
    const close = head.indexOf("-->", open + 4);
    if (close === -1) return kept;
    from = close + 3;
  }
};

/** The prefixes that stand for the namespace of sitemaps: the root's own, and those it declares for it. "image:loc" is no page. */
function prefixesOf(prefix: string, attributes: string): Set<string> {
  const prefixes = new Set([prefix.toLowerCase()]);
  for (const [, declared = "", namespace = ""] of attributes
    .slice(0, 4_000)
    .matchAll(/\bxmlns(?::([\w.-]{1,40}))?\s*=\s*["']([^"']{1,200})/gi)) {
    if (SITEMAP_NAMESPACE.test(namespace) && prefixes.size < PREFIXES_MAX)
      prefixes.add(declared.toLowerCase());
  }
  return prefixes;
}

function locations(text: string, prefixes: Set<string>, max: number): string[] {
  const own: string[] = [];
  /** Of files that mix their prefixes up: better than nothing, were there nothing else. */
  const others: string[] = [];
  for (const { prefix, value } of elements(text, "loc")) {
    if (prefixes.has(prefix)) own.push(value);
    else if (prefix === "" && others.length < max) others.push(value);
    if (own.length >= max) break;
  }
  return (own.length > 0 ? own : others).filter((address) => address !== "");
}

function feedLinks(text: string, max: number): string[] {
  const pages: string[] = [];
  for (const { prefix, value, attributes } of elements(text, "link")) {
    if (pages.length >= max) break;
    const rel = /\brel\s*=\s*["']([^"']{0,40})/i.exec(attributes)?.[1] ?? "alternate";
    const href = /\bhref\s*=\s*["']([^"']{1,3000})/i.exec(attributes)?.[1];
    if (href !== undefined && rel === "alternate") pages.push(decodeXML(href.trim()));
    else if (href === undefined && prefix === "" && value !== "") pages.push(value);
  }
  return pages;
}

/** The elements of one local name outside comments, in order, with their text. */
function* elements(
  text: string,
  name: string,
): Generator<{ prefix: string; attributes: string; value: string }> {
  const opening = new RegExp(`<!--|<(?:([\\w.-]{1,40}):)?${name}(?=[\\s>/])`, "gi");
  let count = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    if (++count > ELEMENTS_MAX) return;
    const isComment = found[0] === "<!--";
    const start = opening.lastIndex;
    const end = text.indexOf(isComment ? "-->" : ">", start);
    if (end === -1) return;
    opening.lastIndex = end + 1;
    if (isComment) continue;
    const value = text.charAt(end - 1) === "/" ? "" : textFrom(text, end + 1);
    if (value === undefined) return;
    const attributes = text.slice(start, Math.min(end, start + ADDRESS_LENGTH_MAX));
    yield { prefix: (found[1] ?? "").toLowerCase(), attributes, value };
  }
}

/** The text of an element that holds nothing else, CDATA unwrapped and entities decoded; undefined when the file ends before it does. */
function textFrom(text: string, start: number): string | undefined {
  const rest = text.slice(start, start + ADDRESS_LENGTH_MAX + 100);
  const cdata = /^\s*<!\[CDATA\[([^]*?)\]\]>/.exec(rest);
  if (cdata !== null) return decodeXML((cdata[1] ?? "").trim());
  const close = rest.indexOf("<");
  if (close === -1) return rest.length < ADDRESS_LENGTH_MAX ? undefined : "";
  return close > ADDRESS_LENGTH_MAX ? "" : decodeXML(rest.slice(0, close).trim());
}

/** One address a line. Undefined when no line is one. */
function lines(text: string, max: number): SitemapContent | undefined {
  const pages: string[] = [];
  for (const [, address = ""] of text.matchAll(LINE)) {
    pages.push(address.trim());
    if (pages.length >= max) break;
  }
  return pages.length === 0 ? undefined : { sitemaps: [], pages };
}
