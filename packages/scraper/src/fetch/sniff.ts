import type { HeaderMap } from "./wire.ts";

export const headerOf = (headers: HeaderMap, name: string): string => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
};

const HTML_TYPE = /^\s*(?:text\/html|application\/xhtml\+xml)\b/i;
/** Types that servers put on pages they know nothing about. */
const VAGUE_TYPE =
  /^\s*(?:$|text\/plain\b|application\/octet-stream\b|text\/xml\b|application\/xml\b|unknown)/i;

/** Whether a Content-Type leaves room for a page; the others' bodies are not read at all. */
export const mayBePage = (headers: HeaderMap): boolean => {
  const type = headerOf(headers, "content-type");
  return HTML_TYPE.test(type) || VAGUE_TYPE.test(type);
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
];
const PAGE_START = /<(?:!doctype\s+html|html|head|body|title|meta|script|div|table|h1|p|a|!--)\b/i;

/** Whether an unpacked body is a page: its type says so and its first 512 bytes do not disagree. */
export function isPage(headers: HeaderMap, body: Buffer): boolean {
  const start = body.subarray(0, 512).toString("latin1");
  if (MAGIC.some((magic) => magic.test(start))) return false;
  if (HTML_TYPE.test(headerOf(headers, "content-type"))) return true;
  return mayBePage(headers) && PAGE_START.test(start);
}
