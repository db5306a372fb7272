import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";

export type Encoding = "identity" | "gzip" | "br" | "zstd" | "deflate";

/** Bodies in the content encoding a site's server uses. */
export function compress(body: Uint8Array, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case "gzip":
      return gzipSync(body);
    case "br":
      return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    case "zstd":
      return zstdCompressSync(body);
    case "deflate":
      return deflateSync(body);
    default:
      return body;
  }
}

const tables = new Map<string, Map<string, number[]>>();

/** Text in an encoding of the old web; characters it lacks become "?". */
export function encodeText(
  text: string,
  charset: "utf-8" | "shift_jis" | "windows-1252",
): Uint8Array {
  if (charset === "utf-8") return new TextEncoder().encode(text);
  let table = tables.get(charset);
  if (table === undefined) {
    table = reverse(charset);
    tables.set(charset, table);
  }
  const bytes: number[] = [];
  for (const character of text) bytes.push(...(table.get(character) ?? [0x3f]));
  return Uint8Array.from(bytes);
}

function reverse(charset: string): Map<string, number[]> {
  const decoder = new TextDecoder(charset, { fatal: true });
  const table = new Map<string, number[]>();
  const learn = (bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // not a sequence of this encoding
    }
  };
  for (let byte = 0; byte < 256; byte++) learn([byte]);
  if (charset === "shift_jis") {
    for (let lead = 0x81; lead <= 0xfc; lead++) {
      for (let trail = 0x40; trail <= 0xfc; trail++) learn([lead, trail]);
    }
  }
  return table;
}
