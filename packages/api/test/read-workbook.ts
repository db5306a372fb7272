import { crc32, inflateRawSync } from "node:zlib";
import readExcel from "read-excel-file/node";
import yauzl from "yauzl";

/** Sheets of a workbook by name, as a reader that is not ours finds them. An empty cell is null. */
export async function readWorkbook(bytes: Buffer): Promise<Record<string, unknown[][]>> {
  const sheets = await readExcel(bytes, { trim: false });
  return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data]));
}

/** Names of the packed files of an archive, once sizes and sums of all of them were found right. */
export async function testZip(bytes: Buffer): Promise<string[]> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    const raw = await zip.openReadStreamPromise(entry, { decompress: false });
    for await (const part of raw) parts.push(part as Buffer);
    const packed = Buffer.concat(parts);
    const plain = entry.compressionMethod === 0 ? packed : inflateRawSync(packed);
    if (plain.length !== entry.uncompressedSize || crc32(plain) !== entry.crc32) {
      throw new Error(`${entry.fileName} is damaged`);
    }
    names.push(entry.fileName);
  }
  return names;
}
