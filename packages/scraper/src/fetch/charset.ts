import { isUtf8 } from "node:buffer";
import { prescan } from "./prescan.ts";

/** Browsers look for a `<meta>` in so many bytes first, and start over when one comes later in the head. */
const PRESCAN_BYTES = 1_024;
const LATE_META_BYTES = 100_000;

/** Bytes of a page as text, in the encoding that {@link sniffEncoding} finds. Never throws. */
export function decodeText(body: Buffer, contentType: string): string {
  const encoding = sniffEncoding(body, contentType);
  if (encoding !== "utf-8") return decode(body, encoding);
  const hasBom = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return body.toString("utf8", hasBom ? 3 : 0);
}

/**
 * The WHATWG name of a page's encoding: BOM, then HTTP header, then what the page declares, then the look of UTF-16 and UTF-8,
 * then windows-1252.
 */
export function sniffEncoding(body: Buffer, contentType: string): string {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return "utf-8";
  if (body[0] === 0xff && body[1] === 0xfe) return "utf-16le";
  if (body[0] === 0xfe && body[1] === 0xff) return "utf-16be";
  const declared = encodingOf(charsetOf(contentType)) ?? wideStart(body) ?? ownWord(body);
  if (declared !== undefined) return declared;
  return isUtf8(body) && !isAscii(body) ? "utf-8" : "windows-1252";
}

const charsetOf = (contentType: string): string | undefined =>
  /charset\s*=\s*["']?\s*([^\s;"',]{1,40})/i.exec(contentType.slice(0, 300))?.[1];

/** UTF-16 without a BOM, known by how markup begins in it. */
function wideStart(body: Buffer): string | undefined {
  if (body[0] === 0x3c && body[1] === 0 && body[3] === 0 && body[2] !== 0) return "utf-16le";
  if (body[0] === 0 && body[1] === 0x3c && body[2] === 0 && body[3] !== 0) return "utf-16be";
  return undefined;
}

function ownWord(body: Buffer): string | undefined {
  const isKnown = (label: string) => encodingOf(label) !== undefined;
  const label =
    prescan(body.subarray(0, PRESCAN_BYTES), isKnown) ??
    (body.length > PRESCAN_BYTES ? prescan(body.subarray(0, LATE_META_BYTES), isKnown) : undefined);
  const encoding = encodingOf(label);
  // a page whose meta could be read byte by byte is not in UTF-16, whatever it says
  if (encoding === "utf-16le" || encoding === "utf-16be") return "utf-8";
  return encoding === "x-user-defined" ? "windows-1252" : encoding;
}

/** The WHATWG name of an encoding label; undefined when the decoder does not know it. */
function encodingOf(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  const lower = label.trim().toLowerCase();
  if (lower === "utf-8" || lower === "utf8") return "utf-8";
  try {
    return new TextDecoder(lower).encoding;
  } catch {
    return undefined;
  }
}

function isAscii(body: Buffer): boolean {
  for (let index = 0; index < body.length; index++) if ((body[index] ?? 0) > 127) return false;
  return true;
}

function decode(body: Buffer, label: string): string {
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return body.toString("latin1");
  }
}
