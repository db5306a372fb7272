/** Looked at for NULs, which UTF-16 has between Latin letters and UTF-8 never. */
const SAMPLE_BYTES = 4096;

/** The text of a list file, whatever a spreadsheet saved it as: UTF-8 or UTF-16, with or without a mark, or Windows' western letters. */
export function decodeList(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Older spreadsheets save in the code page of western Windows.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries())
    zeros[at % 2] = (zeros[at % 2] ?? 0) + (byte === 0 ? 1 : 0);
  const [even = 0, odd = 0] = zeros;
  // A mark is missing where most letters are Latin ones all the same.
  if (odd > sample.length / 4 && even === 0) return "utf-16le";
  return even > sample.length / 4 && odd === 0 ? "utf-16be" : undefined;
}
