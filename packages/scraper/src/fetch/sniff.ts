import type { HeaderMap } from "./wire.ts";

export const headerOf = (headers: HeaderMap, name: string): string => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
};

/** Statuses that come with what was asked for; 204 and 205 come with nothing. */
export const isContent = (status: number): boolean =>
  status >= 200 && status < 300 && status !== 204 && status !== 205;

const HTML_TYPE =
  /(?:^|,)\s*(?:content-type\s*:)?[\s"']*(?:text\s*\/\s*x?html?|html\/text|application\/html|application\/xhtml\+xml)(?![\w+.-])/i;
/** Types that servers put on pages they know nothing about; what is no type at all is one of them. */
const VAGUE_TYPE =
  /^\s*(?:text\/plain|application\/octet-stream|text\/xml|application\/xml|(?:application|unknown)\/unknown|application\/x-(?:httpd-\w+|unknown-content-type)|httpd\/[\w-]+|binary\/octet-stream|\*\/\*)(?![\w+.-])/i;
const NO_TYPE = /^\s*[^\s/;,]*\s*(?:[;,]|$)/;

/** Whether a Content-Type leaves room for a page; the others' bodies are not read at all. */
export const mayBePage = (headers: HeaderMap): boolean => {
  const type = headerOf(headers, "content-type");
  return HTML_TYPE.test(type) || VAGUE_TYPE.test(type) || NO_TYPE.test(type);
};

const MAGIC = [
  /^%PDF-/,
  /^\x89PNG/,
  /^GIF8/,
  /^\xff\xd8\xff/,
  /^PK\x03\x04/,
  /^Rar!/,
  /^RIFF/,
  /^\x00\x00\x00.ftyp/s,
  /^ID3/,
  /^\x7fELF/,
  /^MZ.\x00/s,
  /^\x1f\x8b/,
];
const SAMPLE_BYTES = 512;
const PAGE_START =
  /<(?:!doctype\s+html|html|head|body|frameset|title|meta|link|script|style|div|table|h1|p|a|br|b|font|img|iframe|!--)(?![\w-])/i;
/** Documents of other kinds, whose parts may bear the names of a page's. */
const OTHER_ROOT =
  /^(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:rdf|urlset|sitemapindex|svg|kml|xsl:\w+|soap\w*:\w+|\w+:\w+)[\s>]/i;
/** How JSON begins, and pages do not. */
const DATA_START = /^(?:\{\s*(?:"|\}|$)|\[\s*(?:[[{"\d\]]|true|false|null|$))/;

/** Whether an unpacked body is a page: its type leaves room for one, and its first bytes after blanks do not disagree. */
export function isPage(headers: HeaderMap, body: Buffer): boolean {
  const from = afterBlanks(body);
  const start = body.toString("latin1", from, from + SAMPLE_BYTES);
  if (MAGIC.some((magic) => magic.test(start))) return false;
  if (DATA_START.test(start) && isData(body, from)) return false;
  if (HTML_TYPE.test(headerOf(headers, "content-type"))) return true;
  if (OTHER_ROOT.test(start)) return false;
  return mayBePage(headers) && (PAGE_START.test(start) || /^<\0?[!h?]|^\0<\0/i.test(start));
}

/** Where a body begins that servers lead in by a BOM and blanks. */
function afterBlanks(body: Buffer): number {
  let at = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  while ((body[at] ?? 0x41) <= 0x20 && body[at] !== 0) at++;
  return at;
}

/** A body that begins like JSON is data when it can be read as such, or when no tag follows. */
function isData(body: Buffer, from: number): boolean {
  const text = body.toString("utf8", from);
  if (!PAGE_START.test(text.slice(0, 4 * SAMPLE_BYTES))) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
