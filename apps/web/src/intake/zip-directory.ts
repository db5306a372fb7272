/** A file within an archive, as the archive's directory tells of it. */
export interface ZipEntry {
  name: string;
  /** 8 for deflate, 0 for as it is. */
  method: number;
  packedBytes: number;
  unpackedBytes: number;
  /** Where its own header begins. */
  at: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;

/** The directory at the end of an archive, nothing unpacked; undefined for bytes that are none, or larger than four gigabytes unpacked. */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let left = count; left > 0; left--) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) return undefined;
    const nameBytes = view.getUint16(at + 28, true);
    const name = bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    entries.push({
      name: new TextDecoder().decode(name),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

/** The text of a small file of the archive, no more than `bytesMax` of it; empty where it cannot be unpacked. */
export async function readZipText(
  bytes: Uint8Array,
  { at, method, packedBytes }: ZipEntry,
  bytesMax: number,
): Promise<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + LOCAL_BYTES > bytes.length || view.getUint32(at, true) !== LOCAL) return "";
  const start = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const packed = new Blob([bytes.slice(start, start + packedBytes)]).stream();
  const plain = method === 0 ? packed : packed.pipeThrough(new DecompressionStream("deflate-raw"));
  const decoder = new TextDecoder();
  const reader = plain.getReader();
  let text = "";
  try {
    for (let read = await reader.read(); !read.done && text.length < bytesMax;) {
      text += decoder.decode(read.value, { stream: true });
      read = await reader.read();
    }
  } catch {
    return "";
  } finally {
    // Only ends what is not wanted any more.
    reader.cancel().catch(() => undefined);
  }
  return text.slice(0, bytesMax);
}
