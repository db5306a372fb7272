import { isUtf8 } from "node:buffer";

const META_BYTES = 2048;

/** Bytes of a page as text: BOM, then HTTP header, then `<meta>`, then UTF-8 when valid, else windows-1252. Never throws. */
export function decodeText(body: Buffer, contentType: string): string {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return body.toString("utf8", 3);
  if (body[0] === 0xff && body[1] === 0xfe) return decode(body, "utf-16le");
  if (body[0] === 0xfe && body[1] === 0xff) return decode(body, "utf-16be");
  const declared = labelOf(charsetOf(contentType)) ?? labelOf(metaCharset(body));
  if (declared === "utf-8") return body.toString("utf8");
  if (declared !== undefined) return decode(body, declared);
  return isUtf8(body) ? body.toString("utf8") : decode(body, "windows-1252");
}

const charsetOf = (contentType: string): string | undefined =>
  /charset\s*=\s*["']?([^\s;"']{1,40})/i.exec(contentType)?.[1];

function metaCharset(body: Buffer): string | undefined {
  const head = body.subarray(0, META_BYTES).toString("latin1");
  const found = /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([^\s"'/>;]{1,40})/i.exec(head)?.[1];
  // a page whose meta could be read byte by byte is not in UTF-16, whatever it says
  return found !== undefined && /^utf-?16/i.test(found) ? "utf-8" : found;
}

/** The WHATWG name of an encoding label; undefined when the decoder does not know it. */
function labelOf(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  const lower = label.toLowerCase();
  if (lower === "utf-8" || lower === "utf8") return "utf-8";
  try {
    return new TextDecoder(lower).encoding;
  } catch {
    return undefined;
  }
}

function decode(body: Buffer, label: string): string {
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return body.toString("latin1");
  }
}
